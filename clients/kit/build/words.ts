// Vite plugin: one module per language, from the server's contract and the clients' own words.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

export const LANGUAGES = ['en', 'zh-CN'] as const
type Language = (typeof LANGUAGES)[number]
type Both = Record<string, Record<Language, string>>

export interface WordsOptions {
  /** Files of the client itself: {key: {en, zh-CN}}. */
  own: string[]
  /** Keys of the client's own words that are needed before the first page; the others come with the pages. Everything when absent. */
  early?: RegExp
  /** The exported contract; a checkout without one builds with the own words only. */
  contract: string
  /** Keys of the contract that this client needs; everything when absent. */
  keep?: RegExp
  /** Keys of the contract that are needed before the first page; the others come with the pages. Everything when absent. */
  core?: RegExp
}

export function readOwn(paths: string[]): Both {
  const words: Both = {}
  for (const path of paths) {
    const part = JSON.parse(readFileSync(path, 'utf8')) as Both
    for (const [key, texts] of Object.entries(part)) {
      if (words[key]) throw new Error(`${path}: the words key ${key} is already taken`)
      for (const language of LANGUAGES) {
        if (!texts[language]) throw new Error(`${path}: ${key} has no words in ${language}`)
      }
      words[key] = texts
    }
  }
  return words
}

function kept(options: WordsOptions, language: Language, isCore: boolean): Record<string, string> {
  if (!existsSync(options.contract)) return {}
  const contract = JSON.parse(readFileSync(options.contract, 'utf8')) as Record<Language, Record<string, string>>
  const wanted = Object.entries(contract[language]).filter(([key]) => (!options.keep || options.keep.test(key)) && (!options.core || options.core.test(key)) === isCore)
  return Object.fromEntries(wanted)
}

/** The words that are there before the first page, or those that come with the pages. */
export function collectWords(options: WordsOptions, language: Language, isFirst = true): Record<string, string> {
  const words = kept(options, language, isFirst)
  for (const [key, texts] of Object.entries(readOwn(options.own))) {
    if (!options.early || options.early.test(key)) {
      if (isFirst) words[key] = texts[language]
    } else if (!isFirst) {
      words[key] = texts[language]
    }
  }
  return words
}

export function wordsPlugin(options: WordsOptions): Plugin {
  const prefix = 'virtual:words/'
  return {
    name: 'trunnion-words',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null
      const asked = id.slice(prefix.length + 1)
      const language = asked.replace('rest/', '') as Language
      for (const path of [...options.own, options.contract]) this.addWatchFile(resolve(path))
      const words = collectWords(options, language, !asked.startsWith('rest/'))
      return `export default ${JSON.stringify(words)}`
    },
  }
}
