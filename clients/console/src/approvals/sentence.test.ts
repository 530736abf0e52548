// Rules read as sentences.
import { makeFormats } from '@trunnion/kit/formats'
import { makeWords } from '@trunnion/kit/words'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { Rule } from './data'
import { sentenceOf } from './sentence'

const own = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../words/life.json'), 'utf8')) as Record<string, Record<string, string>>
const table = (language: string): Record<string, string> => ({ ...Object.fromEntries(Object.entries(own).map(([key, texts]) => [key, texts[language]!])), 'verb.assets.asset.dispose': language === 'en' ? 'Dispose of' : '处置' })
const names = { roles: new Map([['r1', 'Manager']]), members: new Map([['m1', 'Sun Fei'], ['m2', 'He Jun']]), places: new Map() }
const rule: Rule = {
  id: '1', version: 1, name: 'Sales', verb: 'assets.asset.dispose', amount_from: '10000', amount_to: null, currency: 'CNY', scope_kind: '', scope_id: null, remind_after_hours: 48, is_active: true,
  steps: [{ name: '', role_id: 'r1', member_ids: [], need: 'any' }, { name: '', role_id: null, member_ids: ['m1', 'm2'], need: 'all' }],
}

const SAID = {
  en: 'Dispose of, from ¥10,000.00 on, anywhere: one of role Manager must agree, then all of Sun Fei, He Jun.',
  'zh-CN': '处置，金额 ¥10,000.00 及以上，任何位置：须由“Manager”角色中任一人同意，再由Sun Fei、He Jun全部同意。',
}

it.each(['en', 'zh-CN'] as const)('says who must agree to what, in %s', (language) => {
  const words = makeWords(language, table(language))
  expect(sentenceOf(rule, names, words, makeFormats(words))).toBe(SAID[language])
})
