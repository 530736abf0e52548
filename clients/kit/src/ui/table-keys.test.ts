// Arrows stay inside the table; Tab finds the next cell that can be edited.
import { describe, expect, it } from 'vitest'
import { fieldFor, told } from './cell-editing'
import type { FieldSpec } from './fields'
import { nextEditable, stepped } from './table-keys'

const rows = { first: 100, last: 199 }

describe('the keyboard of a table', () => {
  it('walks from cell to cell and stops at the edges', () => {
    expect(stepped({ index: 100, column: 1 }, 'ArrowUp', false, rows, 4)).toEqual({ index: 100, column: 1 })
    expect(stepped({ index: 150, column: 1 }, 'ArrowDown', false, rows, 4)).toEqual({ index: 151, column: 1 })
    expect(stepped({ index: 195, column: 1 }, 'PageDown', false, rows, 4)).toEqual({ index: 199, column: 1 })
    expect(stepped({ index: 150, column: 3 }, 'ArrowRight', false, rows, 4)).toEqual({ index: 150, column: 3 })
    expect(stepped({ index: 150, column: 2 }, 'Home', false, rows, 4)).toEqual({ index: 150, column: 0 })
    expect(stepped({ index: 150, column: 2 }, 'End', true, rows, 4)).toEqual({ index: 199, column: 2 })
    expect(stepped({ index: 150, column: 2 }, 'q', false, rows, 4)).toBeUndefined()
  })

  it('goes on to the next editable cell, over the end of the row', () => {
    const editable = [false, true, false, true]
    expect(nextEditable({ index: 120, column: 1 }, 1, editable, rows)).toEqual({ index: 120, column: 3 })
    expect(nextEditable({ index: 120, column: 3 }, 1, editable, rows)).toEqual({ index: 121, column: 1 })
    expect(nextEditable({ index: 120, column: 1 }, -1, editable, rows)).toEqual({ index: 119, column: 3 })
    expect(nextEditable({ index: 199, column: 3 }, 1, editable, rows)).toBeUndefined()
    expect(nextEditable({ index: 120, column: 1 }, 1, [false, false], rows)).toBeUndefined()
  })

  it('edits what the verb takes: fields by name, references by the name they show', () => {
    const fields: FieldSpec[] = [
      { key: 'title', type: 'text', words_key: 'x' },
      { key: 'asset_id', type: 'reference', words_key: 'x' },
      { key: 'team_id', type: 'reference', words_key: 'x' },
      { key: 'description', type: 'longtext', words_key: 'x' },
    ]
    const keys = new Set(['title', 'asset_name', 'asset_id', 'team', 'description'])
    expect(fieldFor({ key: 'title' }, fields, keys)?.key).toBe('title')
    expect(fieldFor({ key: 'asset_name' }, fields, keys)?.key).toBe('asset_id')
    expect(fieldFor({ key: 'team' }, fields, keys)).toBeUndefined()
    expect(fieldFor({ key: 'description' }, fields, keys)).toBeUndefined()
    expect(fieldFor({ key: 'state' }, fields, keys)).toBeUndefined()
    expect([told(fields[0]!, undefined), told(fields[1]!, undefined), told(fields[0]!, 'a')]).toEqual(['', null, 'a'])
  })
})
