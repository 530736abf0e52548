// Deadlines by the calendar.
import { expect, it } from 'vitest'
import { dayAfter, daysLeft, toneOfDays } from './days'

it('counts days over the ends of months and of summer time', () => {
  expect(daysLeft('2026-03-30', '2026-03-28')).toBe(2)
  expect(daysLeft('2026-11-21', '2026-11-22')).toBe(-1)
  expect(dayAfter('2026-12-30', 60)).toBe('2027-02-28')
})

it('grows more urgent at 60, 30 and 7 days', () => {
  expect([61, 60, 31, 30, 8, 7, 0, -1].map(toneOfDays)).toEqual(['good', 'run', 'run', 'wait', 'wait', 'bad', 'bad', 'bad'])
})
