// Formats follow language and zone.
import { describe, expect, it } from 'vitest'
import { makeWords } from '../words/words'
import { makeFormats } from './index'

const en = makeWords('en', { 'kit.minutes': '{minutes} min', 'kit.hours': '{hours} h', 'kit.hours_minutes': '{hours} h {minutes} min' })
const zh = makeWords('zh-CN', { 'kit.minutes': '{minutes} 分钟', 'kit.hours': '{hours} 小时', 'kit.hours_minutes': '{hours} 小时 {minutes} 分钟' })

describe('formats', () => {
  it('show an instant in the zone of the organisation', () => {
    expect(makeFormats(en, 'Asia/Shanghai').time('2026-11-21T18:30:00Z')).toBe('02:30')
    expect(makeFormats(en, 'no such zone').date('2026-11-21')).toBe('Nov 21, 2026')
  })

  it('never move a plain day', () => {
    expect(makeFormats(zh, 'America/Los_Angeles').date('2026-11-21')).toBe('2026年11月21日')
  })

  it('write durations in the language', () => {
    expect(makeFormats(en).minutes(45)).toBe('45 min')
    expect(makeFormats(zh).minutes(90)).toBe('1 小时 30 分钟')
    expect(makeFormats(en).minutes(120)).toBe('2 h')
  })

  it('speak of nearby instants relatively and of far ones by date', () => {
    const now = Date.parse('2026-11-21T12:00:00Z')
    expect(makeFormats(en).ago('2026-11-21T11:57:00Z', now)).toBe('3 minutes ago')
    expect(makeFormats(zh).ago('2026-11-20T12:00:00Z', now)).toBe('昨天')
    expect(makeFormats(en, 'UTC').ago('2026-10-01T12:00:00Z', now)).toBe('Oct 1, 2026')
  })

  it('write money with its sign', () => {
    expect(makeFormats(zh).money('1234.5', 'CNY')).toBe('¥1,234.50')
    expect(makeFormats(en).money('12', 'EUR')).toBe('€12.00')
  })
})
