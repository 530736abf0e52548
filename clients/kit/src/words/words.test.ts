// Words: every key in both languages, every key used exists, placeholders agree.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOwn } from '../../build/words.ts'
import { chooseLanguage, makeWords } from './words'

const clients = resolve(import.meta.dirname, '../../..')
const files = ['kit', 'console', 'field', 'portal'].flatMap((part) => readdirSync(join(clients, part, 'words')).map((name) => join(clients, part, 'words', name)))
const own = readOwn(files)

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : []
  })
}

const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').toSorted()

describe('the clients’ own words', () => {
  it('have the same placeholders in both languages', () => {
    const wrong = Object.entries(own).filter(([, text]) => holes(text.en).join() !== holes(text['zh-CN']).join())
    expect(wrong).toEqual([])
  })

  it('are Chinese in Chinese', () => {
    const same = /^kit\.language\.en$/
    const wrong = Object.entries(own).filter(([key, text]) => !same.test(key) && !/[\u3400-\u9fff]/.test(text['zh-CN']) && /[a-z]{3}/i.test(text['zh-CN'].replace(/\{\w+\}/g, '')))
    expect(wrong).toEqual([])
  })

  it('hold every key of their own that the code names', () => {
    const named = new Set(
      ['kit', 'console', 'field', 'portal'].flatMap((part) => sources(join(clients, part, 'src')).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/'((?:kit|nav|home|order|orders|inbox|record|asset|location|cobie|people|journal|portal|job|phone|theme|account|sign_in|tokens|grants|request|role|admin|board|keys|palette|lists|settings|fields|codes|tags|numbering|standards|setup|second|security)\.[\w.]+)'/g)].map((found) => found[1] ?? ''))),
    )
    expect([...named].filter((key) => !own[key])).toEqual([])
  })
})

describe('words', () => {
  it('fill placeholders, fall back readably, and take the first key that has words', () => {
    const words = makeWords('en', { a: 'Hello {name}', b: 'B' })
    expect(words.t('a', { name: 'Chen' })).toBe('Hello Chen')
    expect(words.t('state.work.order.on_site')).toBe('on site')
    expect(words.first(['x', 'b'])).toBe('B')
  })

  it('choose a stored language before the browser’s', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en')
    expect(chooseLanguage(null, ['fr', 'zh-TW'])).toBe('zh-CN')
    expect(chooseLanguage(null, [])).toBe('en')
  })
})
