// Steps as they are written: their keys, their order, what a change of kind leaves behind.
import { describe, expect, it } from 'vitest'
import { blank, freeKey, moved, turned, type Step } from './data'

const step = (key: string): Step => ({ ...blank([], ''), key, title: key })

describe('steps as they are written', () => {
  it('gives a new step a key that none has', () => {
    expect(freeKey([])).toBe('s1')
    expect(freeKey([step('s2')])).toBe('s3')
    expect(freeKey([step('s2'), step('s3')])).toBe('s4')
  })

  it('moves a step, and holds at the ends', () => {
    const steps = ['a', 'b', 'c'].map(step)
    expect(moved(steps, 0, 1).map((one) => one.key)).toEqual(['b', 'a', 'c'])
    expect(moved(steps, 2, 1).map((one) => one.key)).toEqual(['a', 'b', 'c'])
    expect(moved(steps, 2, -5).map((one) => one.key)).toEqual(['c', 'a', 'b'])
  })

  it('leaves behind what another kind has no use for', () => {
    const number: Step = { ...step('n'), asks: 'number', unit: '°C', low: '1', high: '2', requirement: 'must', repeats: 3 }
    expect(turned(number, 'meter')).toMatchObject({ asks: 'meter', unit: '°C', low: '1', repeats: 1, requirement: 'must' })
    expect(turned(number, 'read')).toMatchObject({ asks: 'read', unit: '', low: null, high: null, requirement: 'optional' })
    expect(turned({ ...step('c'), asks: 'choice', choices: ['A', 'B'] }, 'text').choices).toEqual([])
  })
})
