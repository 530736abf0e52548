// A change is shown where it belongs, and counted there; time runs from the report to the deadline.
import { describe, expect, it } from 'vitest'
import { cardOf, changed, spent, type BoardAnswer, type Card } from './board-data'

const card = (id: string, facts: Partial<Card> = {}): Card => ({ id, version: 1, number: id, title: id, priority: 'normal', state: 'approved', is_stopped: false, waiting_reason: '', reported_at: '2026-03-01T08:00:00Z', due_at: null, asset_name: null, place: null, customer: null, leading_id: null, leading: null, ...facts })
const board: BoardAnswer = { by: 'engineer', is_cut: false, columns: [
  { key: null, name: '', count: 5, running: 0, rows: [card('a'), card('b')] },
  { key: 'li', name: 'Li Wei', count: 1, running: 1, rows: [card('c', { leading_id: 'li', leading: 'Li Wei' })] },
] }
const rowsOf = (answer: BoardAnswer): string[][] => answer.columns.map((column) => column.rows.map((row) => row.id))

describe('the board', () => {
  it('moves a card to the column where it will stand', () => {
    const next = changed(board, 'b', { facts: { leading_id: 'li', leading: 'Li Wei' }, to: 'li' })
    expect(rowsOf(next)).toEqual([['a'], ['b', 'c']])
    expect(next.columns.map((column) => column.count)).toEqual([4, 2])
    expect(cardOf(next, 'b')?.leading).toBe('Li Wei')
    expect(rowsOf(changed(next, 'b', { facts: { leading_id: null, leading: null }, to: null }))).toEqual([['b', 'a'], ['c']])
  })

  it('changes a card in its place and leaves the others as they are', () => {
    const next = changed(board, 'a', { facts: { priority: 'urgent' } })
    expect(rowsOf(next)).toEqual(rowsOf(board))
    expect(cardOf(next, 'a')?.priority).toBe('urgent')
    expect(next.columns[1]).toBe(board.columns[1])
    expect(changed(board, 'unknown', { facts: {}, to: 'li' })).toBe(board)
  })

  it('tells how much of the time is gone', () => {
    const due = { reported_at: '2026-03-01T08:00:00Z', due_at: '2026-03-01T18:00:00Z' }
    expect(spent(due, Date.parse('2026-03-01T10:30:00Z'))).toBe(25)
    expect(spent(due, Date.parse('2026-03-02T00:00:00Z'))).toBe(100)
    expect(spent(due, Date.parse('2026-03-01T07:00:00Z'))).toBe(0)
    expect(spent({ ...due, due_at: due.reported_at }, Date.parse('2026-03-01T08:00:00Z'))).toBe(100)
    expect(spent({ reported_at: due.reported_at, due_at: null }, 0)).toBeUndefined()
  })
})
