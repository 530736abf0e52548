// Words for a React tree; a switch of language keeps the tree and whatever was typed in it.
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'
import { makeFormats, type Formats } from '../formats'
import { chooseLanguage, makeWords, type Language, type Words } from './words'

interface WordsState {
  words: Words
  formats: Formats
  language: Language
  setLanguage: (language: Language) => Promise<void>
  /** Times are shown in this zone once it is known; before that in the browser's. */
  setZone: (zone: string | undefined) => void
}

const Context = createContext<WordsState | null>(null)
const STORED = 'trunnion.language'

type Loader = (language: Language) => Promise<Record<string, string>>

/** Each language is a chunk of its own: only the one in use is fetched. */
export const loadBuiltWords: Loader = async (language) =>
  (language === 'zh-CN' ? await import('virtual:words/zh-CN') : await import('virtual:words/en')).default

export function initialLanguage(): Language {
  return chooseLanguage(localStorage.getItem(STORED), navigator.languages)
}

const loadRest: Loader = async (language) =>
  (language === 'zh-CN' ? await import('virtual:words/rest/zh-CN') : await import('virtual:words/rest/en')).default

let rest: Promise<unknown> = Promise.resolve()

/** What is needed before the first page; the words of the pages are on their way. */
export async function loadWords(language: Language): Promise<Words> {
  document.documentElement.lang = language
  const coming = loadRest(language)
  const words = { ...(await loadBuiltWords(language)) }
  // The pages wait for them, so that nothing is shown without its words.
  rest = coming.then((others) => Object.assign(words, others))
  rest.catch(() => undefined)
  return makeWords(language, words)
}

/** Resolves when the words of the pages are there. */
export const allWords = async (): Promise<void> => void (await rest)

export function WordsProvider({ initial, children }: { initial: Words; children: ReactNode }) {
  const [words, setWords] = useState(initial)
  const [zone, setZone] = useState<string>()

  const state = useMemo<WordsState>(
    () => ({
      words,
      formats: makeFormats(words, zone),
      language: words.language,
      setZone,
      setLanguage: async (language) => {
        localStorage.setItem(STORED, language)
        const next = await loadWords(language)
        await allWords()
        setWords(next)
      },
    }),
    [words, zone],
  )
  return <Context value={state}>{children}</Context>
}

export function useWords(): WordsState & { t: Words['t'] } {
  const state = useContext(Context)
  if (!state) throw new Error('no WordsProvider above')
  return { ...state, t: state.words.t }
}
