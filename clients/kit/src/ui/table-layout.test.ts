// A device keeps its arrangement of each table; nonsense in the store is no arrangement.
import { beforeEach, describe, expect, it } from 'vitest'
import { keepLayout, readLayout, withinReason } from './table-layout'

beforeEach(() => {
  const held = new Map<string, string>()
  Object.defineProperty(globalThis, 'localStorage', { value: { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => held.set(key, value) }, configurable: true })
})

describe('table layouts', () => {
  it('are kept for each table', () => {
    keepLayout('work/orders', { columns: ['title', 'number'], widths: { title: 412 } })
    expect(readLayout('work/orders')).toEqual({ columns: ['title', 'number'], widths: { title: 412 } })
    expect(readLayout('assets/assets')).toEqual({ columns: undefined, widths: {} })
  })

  it('are never unusable', () => {
    localStorage.setItem('trunnion.table.x', '{"columns": [], "widths": {"a": 1, "b": "wide", "c": 99999}}')
    expect(readLayout('x')).toEqual({ columns: undefined, widths: { a: 56, c: 900 } })
    localStorage.setItem('trunnion.table.x', 'null')
    expect(readLayout('x')).toEqual({ widths: {} })
    expect(withinReason(-3)).toBe(56)
  })
})
