// Where an asset stands, from its moves alone.
import { expect, it } from 'vitest'
import type { LifeMove } from './data'
import { standings } from './stages'

const move = (verb: string, from_state: string, to_state: string, day: number): LifeMove => ({
  id: String(day), verb, from_state, to_state, moved_at: `2026-01-${String(day).padStart(2, '0')}T08:00:00Z`, remark: '', document_id: null, actor_name: '', location: null, position: null,
})

it('tells what was passed through, what was left out, and what may come', () => {
  const moves = [move('commission', 'installing', 'in_service', 9), move('install', 'accepted', 'installing', 8), move('accept', 'received', 'accepted', 5), move('receive', 'ordered', 'received', 4), move('create', '', 'planned', 1)]
  const found = Object.fromEntries(standings('in_service', undefined, moves, ['take_out', 'repair', 'transfer', 'decommission', 'edit']).map((one) => [one.key, one]))
  expect(Object.values(found).map((one) => one.tone)).toEqual(['done', 'passed', 'done', 'done', 'passed', 'done', 'current', 'open', 'open', 'open'])
  expect(found.service!.at).toBe('2026-01-09T08:00:00Z')
  expect(found.standby!.moves).toEqual(['take_out', 'repair'])
  expect(found.decommission!.moves).toEqual(['decommission'])
})

it('takes the latest time of a stage, and does not count moves that changed the place only', () => {
  const moves = [move('move', 'idle', 'idle', 20), move('lay_idle', 'in_service', 'idle', 12), move('stand_by', 'in_service', 'standby', 3)]
  const found = standings('idle', '2026-01-12T08:00:00Z', moves, [])
  expect(found.find((one) => one.key === 'standby')).toMatchObject({ tone: 'current', at: '2026-01-12T08:00:00Z', moves: [] })
})
