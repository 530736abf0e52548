// Values of an organisation's own fields read as its people wrote them, today's as well as those of the past.
import { describe, expect, it } from 'vitest'
import { makeFormats } from '../formats'
import { makeWords } from '../words/words'
import { customText, type CustomValue } from './custom'

const en = makeWords('en', { 'kit.yes': 'Yes', 'kit.no': 'No' })
const zh = makeWords('zh-CN', { 'kit.yes': '是', 'kit.no': '否' })
const choice = (value: string, label_en: string, label_zh: string) => ({ value, label_en, label_zh, is_archived: false })

function field(type: string, more: Partial<CustomValue> = {}): CustomValue {
  return { key: 'gas', label: 'Gas', type, value: null, words: null, group: '', is_archived: false, unit: '', refers_to: '', choices: [], required_at: [], ...more }
}

describe('values of own fields', () => {
  it('are told by the labels of their choices, also those that are no longer offered', () => {
    const gas = field('choice', { choices: [choice('r32', 'R-32', '二氟甲烷'), { ...choice('r22', 'R-22', '二氟一氯甲烷'), is_archived: true }] })
    expect(customText(gas, 'r22', en, makeFormats(en))).toBe('R-22')
    expect(customText({ ...gas, type: 'choices' }, ['r32', 'r22'], zh, makeFormats(zh))).toBe('二氟甲烷、二氟一氯甲烷')
    expect(customText(gas, 'gone', en, makeFormats(en))).toBe('gone')
  })

  it('follow the language, the zone and their unit', () => {
    expect(customText(field('number', { unit: 'kg' }), '1200.5', en, makeFormats(en))).toBe('1,200.5 kg')
    expect(customText(field('yes_no'), false, zh, makeFormats(zh))).toBe('否')
    expect(customText(field('date'), '2026-11-21', zh, makeFormats(zh))).toBe('2026年11月21日')
  })

  it('are empty where there was none, and nothing readable where only an id is known', () => {
    expect(customText(field('text'), null, en, makeFormats(en))).toBe('')
    expect(customText(field('reference'), '0192', en, makeFormats(en))).toBeNull()
  })
})
