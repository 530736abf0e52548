// The keyboard and the clipboard of a grid.
import { describe, expect, it } from 'vitest'
import { afterKey, areaOf, cellsOf, moved, next, textOfCells, type Marked } from './selection'

const SIZE = { rows: 3, columns: 2 }
const at = (row: number, column: number): Marked => ({ at: { row, column }, anchor: { row, column } })

describe('a mark', () => {
  it('stays within the grid', () => {
    expect(moved(at(0, 0), SIZE, -1, -1)).toEqual(at(0, 0))
    expect(moved(at(2, 1), SIZE, 5, 5)).toEqual(at(2, 1))
  })
  it('stretches while shift is held', () => {
    const found = afterKey('ArrowDown', at(0, 0), SIZE, 10, { shift: true, ctrl: false })!
    expect(areaOf(found)).toEqual({ top: 0, bottom: 1, left: 0, right: 0 })
  })
  it('goes along the row and on to the next, and back', () => {
    expect(next(at(0, 1), SIZE, 1)).toEqual(at(1, 0))
    expect(next(at(1, 0), SIZE, -1)).toEqual(at(0, 1))
    expect(next(at(2, 1), SIZE, 1)).toEqual(at(2, 1))
  })
  it('leaves other keys alone', () => expect(afterKey('x', at(0, 0), SIZE, 10, { shift: false, ctrl: false })).toBeNull())
})

describe('the clipboard', () => {
  it('reads what a spreadsheet wrote', () => expect(cellsOf('a\t"b\n""c"""\r\nd\t\r\n')).toEqual([['a', 'b\n"c"'], ['d', '']]))
  it('keeps a quotation mark within a word', () => expect(cellsOf('5" pipe')).toEqual([['5" pipe']]))
  it('writes what it can read', () => {
    const cells = [['a\tb', 'c'], ['"d"', '']]
    expect(cellsOf(textOfCells(cells))).toEqual(cells)
  })
})
