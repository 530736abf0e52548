// What lies on the phone is told with its size in bytes as they are stored, and its age.
import { describe, expect, it } from 'vitest'
import { keptOf } from './kept'

describe('what is kept', () => {
  it('names orders, machines and lists, and nothing else', () => {
    const rows = keptOf(Object.entries({
      day: { value: {}, at: 1 },
      'order:a': { value: { title: '异响', number: 'WO-1' }, at: 5 },
      'asset:b': { value: { asset: { name: 'Pump', number: 'A-1' } }, at: 6 },
      'codes:en:PU': { value: {}, at: 7 },
    }))
    expect(rows.map(({ kind, title, at }) => [kind, title, at])).toEqual([['order', '异响', 5], ['asset', 'Pump', 6], ['codes', 'PU', 7]])
    expect(rows[0]!.bytes).toBe('{"title":"","number":"WO-1"}'.length + 6)
  })
})
