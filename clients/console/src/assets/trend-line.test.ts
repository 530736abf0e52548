// A small curve: where its points and limits lie.
import { describe, expect, it } from 'vitest'
import { placed } from './trend-line'

describe('the points of a small curve', () => {
  it('puts the oldest left, the highest on top, and keeps the limits in the picture', () => {
    const { dots, limits } = placed([{ at: 0, value: 10 }, { at: 50, value: 20 }, { at: 100, value: 15 }], { low: '0', high: '20' }, 110, 30)
    expect(dots).toEqual([{ x: 5, y: 15 }, { x: 55, y: 5 }, { x: 105, y: 10 }])
    expect(limits).toEqual([25, 5])
  })

  it('has a place for a single reading', () => {
    expect(placed([{ at: 7, value: 3 }], { low: null, high: null }, 100, 40)).toEqual({ dots: [{ x: 50, y: 20 }], limits: [] })
  })
})
