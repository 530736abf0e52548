// The drawing of readings.
import { expect, it } from 'vitest'
import { curveOf, stepOf, type Reading } from './curve'

const reading = (day: number, value: string, total = value, more: Partial<Reading> = {}): Reading => ({
  id: `${day}${value}`, entry: 'reading', value, total, read_at: `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`, reverses_id: null, remark: '', actor_name: '', is_reversed: false, ...more,
})

it('draws a counter by what it counted in all, through a rollover', () => {
  const curve = curveOf([reading(11, '20', '1020', { entry: 'rollover' }), reading(1, '900'), reading(6, '990')], true, 100, 50)!
  expect(curve.points.map((one) => one.reading.total)).toEqual(['900', '990', '1020'])
  expect(curve.points[0]!.x).toBe(0)
  expect(curve.points[1]!.x).toBe(50)
  expect(curve.points[2]!.x).toBe(100)
  expect(curve.points[2]!.y).toBeLessThan(curve.points[1]!.y)
  expect(curve.marks.at(0)!.value).toBeLessThanOrEqual(900)
  expect(curve.marks.at(-1)!.value).toBeGreaterThanOrEqual(1020)
})

it('leaves out what was reversed, and draws nothing of a single reading', () => {
  const wrong = reading(2, '9000', '9000', { is_reversed: true })
  expect(curveOf([reading(1, '5'), wrong, reading(3, '9000', '5', { entry: 'reversal' })], false, 100, 50)).toBeNull()
  expect(curveOf([reading(1, '5'), wrong, reading(4, '5')], false, 100, 50)!.points).toHaveLength(2)
})

it('marks the axis with figures that people use', () => {
  expect([stepOf(120), stepOf(0.7), stepOf(4), stepOf(0)]).toEqual([50, 0.2, 1, 1])
})
