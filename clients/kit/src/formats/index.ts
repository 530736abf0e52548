// Dates, durations, numbers and money as the reader's language and zone write them.
import type { Words } from '../words/words'

export interface Formats {
  number: (value: number | string, digits?: number) => string
  money: (amount: number | string, currency: string) => string
  date: (value: string) => string
  /** The day that it is now where the reader is, as the server writes days. */
  today: () => string
  /** Without the year when it is this one. */
  dateTime: (value: string, now?: number) => string
  time: (value: string) => string
  /** "3 minutes ago" near now, a date further away. */
  ago: (value: string, now?: number) => string
  minutes: (total: number) => string
  bytes: (size: number) => string
  percent: (share: number) => string
}

const STEPS: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ['second', 1, 60],
  ['minute', 60, 3_600],
  ['hour', 3_600, 86_400],
  ['day', 86_400, 7 * 86_400],
]

function knownZone(zone: string | undefined): string | undefined {
  if (!zone) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

/** A day without a time ("2026-11-21") belongs to no zone and must not move. */
function dayFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' })
}

const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value)

export function makeFormats(words: Words, zone?: string): Formats {
  const locale = words.language
  const timeZone = knownZone(zone)
  const moment = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  const full = new Intl.DateTimeFormat(locale, { year: 'numeric', ...moment })
  const thisYear = new Intl.DateTimeFormat(locale, moment)
  const date = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone })
  const day = dayFormat(locale)
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

  const ago = (value: string, now: number = Date.now()): string => {
    const seconds = (new Date(value).getTime() - now) / 1_000
    for (const [unit, size, limit] of STEPS) {
      if (Math.abs(seconds) < limit) return relative.format(Math.trunc(seconds / size), unit)
    }
    return date.format(new Date(value))
  }

  return {
    number: (value, digits) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: digits ?? 3 }).format(Number(value)),
    money: (amount, currency) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(Number(amount)),
    today: () => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date()),
    date: (value) => (isDay(value) ? day : date).format(new Date(value)),
    dateTime: (value, now = Date.now()) => {
      const at = new Date(value)
      return (at.getFullYear() === new Date(now).getFullYear() ? thisYear : full).format(at)
    },
    time: (value) => clock.format(new Date(value)),
    ago,
    minutes: (total) => {
      const hours = Math.floor(total / 60)
      const rest = Math.round(total % 60)
      if (!hours) return words.t('kit.minutes', { minutes: rest })
      return rest ? words.t('kit.hours_minutes', { hours, minutes: rest }) : words.t('kit.hours', { hours })
    },
    bytes: (size) => {
      const [value, unit] = size < 1_048_576 ? [size / 1_024, 'kB'] : size < 1_073_741_824 ? [size / 1_048_576, 'MB'] : [size / 1_073_741_824, 'GB']
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`
    },
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
  }
}
