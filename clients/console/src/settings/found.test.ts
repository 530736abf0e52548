// Settings are found by words of either language.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS, settingsFor } from './found'

const own = Object.assign({}, ...['settings', 'admin', 'life', 'shell', 'roles', 'labels', 'assets', 'desk'].map((name) => JSON.parse(readFileSync(resolve(import.meta.dirname, `../../words/${name}.json`), 'utf8')) as object)) as Record<string, Record<string, string>>
const first = (typed: string, language: string): string | undefined => settingsFor(typed, SETTINGS, (key) => own[key]?.[language] ?? key)[0]?.key

describe('settings', () => {
  it.each([['币种', 'organisation.currency'], ['currency', 'organisation.currency'], ['时区', 'organisation.zone'], ['timezone', 'organisation.zone'], ['编号', 'numbering'], ['prefix', 'numbering'], ['前缀', 'numbering'], ['矩阵', 'standards'], ['matrix', 'standards'], ['故障代码', 'codes'], ['custom field', 'fields'], ['自定义字段', 'fields']])('%s finds %s whatever the screen speaks', (typed, key) => {
    expect(first(typed, 'en')).toBe(key)
    expect(first(typed, 'zh-CN')).toBe(key)
  })

  it.each(SETTINGS.map((one) => one.key).filter((key) => !key.startsWith('organisation.')))('%s says what it is about in both languages', (key) => {
    expect(Object.keys(own[`setup.about.${key}`] ?? {})).toEqual(['en', 'zh-CN'])
  })

  it('that nothing is called so are not found', () => {
    expect(first('zzz', 'en')).toBeUndefined()
  })
})
