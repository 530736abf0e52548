// Days between two days of the calendar, and how urgent what is left of them is.
import type { Tone } from '@trunnion/kit/ui'

/** The server warns at these. */
export const WARNINGS = [60, 30, 7] as const

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)

export const daysLeft = (on: string, today: string): number => Math.round((at(on) - at(today)) / 86_400_000)

/** A day so many days from another. */
export const dayAfter = (today: string, days: number): string => new Date(at(today) + days * 86_400_000).toISOString().slice(0, 10)

export function toneOfDays(left: number): Tone {
  if (left <= WARNINGS[2]) return 'bad'
  if (left <= WARNINGS[1]) return 'wait'
  return left <= WARNINGS[0] ? 'run' : 'good'
}
