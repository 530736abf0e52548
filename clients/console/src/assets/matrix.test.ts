// Scores to classes.
import { expect, it } from 'vitest'
import { levelOf } from './matrix'

const axis = (key: string) => ({ key, name_en: key, name_zh: key, levels: [] })
const bands = [{ level: 'c', at_least: '1' }, { level: 'a', at_least: '12' }, { level: 'b', at_least: '6' }]

it('waits for every axis, then takes the highest band that is reached', () => {
  const matrix = { axes: [axis('safety'), axis('cost')], combine: 'product' as const, bands }
  expect(levelOf(matrix, { safety: 4 })).toBeNull()
  expect(levelOf(matrix, { safety: 4, cost: 3 })).toEqual({ result: 12, level: 'a' })
  expect(levelOf({ ...matrix, combine: 'sum' }, { safety: 4, cost: 3 })).toEqual({ result: 7, level: 'b' })
  expect(levelOf({ ...matrix, combine: 'max' }, { safety: 4, cost: 3 })).toEqual({ result: 4, level: 'c' })
})
