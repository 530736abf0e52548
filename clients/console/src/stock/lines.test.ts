// What scanning makes of lines, and what is sent of them.
import { expect, test } from 'vitest'
import { added, argsOf, mayBeSent } from './lines'

const bearing = { id: 'b', code: 'B', name: 'Bearing', tracked_by: 'none' }
const drive = { id: 'd', code: 'D', name: 'Drive', tracked_by: 'serial' }

test('a part that is scanned again counts one more', () => {
  const lines = [bearing, drive, bearing].reduce(added, [])
  expect(lines.map((line) => [line.code, line.quantity])).toEqual([['B', 2], ['D', 1]])
})

test('nothing is sent before stores, lines and quantities are known', () => {
  const lines = added([], bearing)
  expect(mayBeSent('receive', {}, lines)).toBe(false)
  expect(mayBeSent('receive', { store_id: 's' }, [])).toBe(false)
  expect(mayBeSent('receive', { store_id: 's' }, lines)).toBe(true)
  expect(mayBeSent('transfer', { store_id: 's' }, lines)).toBe(false)
  expect(mayBeSent('receive', { store_id: 's' }, [{ ...lines[0]!, quantity: 0 }])).toBe(false)
})

test('each verb is sent what it takes', () => {
  const lines = added([], drive).map((line) => ({ ...line, serials: 'S1', bin_id: 'x', unit_cost: 5 }))
  expect(argsOf('receive', { store_id: 's', cause_label: 'DN 1' }, lines)).toEqual({ store_id: 's', party_id: undefined, cause_label: 'DN 1', lines: [{ item_id: 'd', quantity: 1, unit_cost: 5, bin_id: 'x', expires_on: undefined, lot: undefined, serials: ['S1'] }] })
  expect(argsOf('transfer', { store_id: 's', to_store_id: 'v' }, lines)).toEqual({ from_store_id: 's', to_store_id: 'v', cause_label: undefined, lines: [{ item_id: 'd', quantity: 1, to_bin_id: 'x', lot: undefined, serials: ['S1'] }] })
})
