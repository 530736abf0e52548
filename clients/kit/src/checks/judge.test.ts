// Limits are judged on the phone as the server does.
import { describe, expect, it } from 'vitest'
import { judge, numberOf, type Question } from './judge'

const asks = (kind: string, more: Partial<Question> = {}): Question => ({ asks: kind, ...more })

describe('a check that has a value', () => {
  it('knows the limits of a number', () => {
    const warm = asks('number', { low: '-5', high: '80' })
    expect(['80', '80.01', '-5', '-5,5', '92', 'warm', ''].map((value) => judge(warm, value))).toEqual(['pass', 'fail', 'pass', 'fail', 'fail', null, null])
    expect(judge(asks('number', { low: null, high: null }), '1e3')).toBeNull()
  })

  it('reads numbers as phones write them', () => {
    expect(['12,5', '.5', '+3', '1.', '1 2', '--1'].map(numberOf)).toEqual(['12.5', '.5', '+3', '1.', null, null])
  })

  it('tells codes that fit from others', () => {
    const filter = asks('barcode', { choices: ['F7-1'] })
    expect(['F7-1', ' F7-1 ', 'F9-1', ''].map((value) => judge(filter, value))).toEqual(['pass', 'pass', 'fail', null])
    expect(judge(asks('barcode', { choices: [] }), 'any')).toBe('pass')
  })

  it('takes only what is offered', () => {
    const oil = asks('choice', { choices: ['clear', 'dark'] })
    expect(['clear', 'black'].map((value) => judge(oil, value))).toEqual(['pass', null])
  })
})
