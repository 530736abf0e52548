// Which letters the console answers to on this device: as they come, as somebody chose them, or none at all.
import { GO, MAKE } from './key-table'

export interface KeyChoice {
  isOff: boolean
  /** A letter by what it leads to; only those that differ from the start. */
  letters: Record<string, string>
}

const STORED = 'trunnion.keys'
export const CHANGED = 'trunnion-keys'
const LETTER = /^[a-z0-9]$/

export function readChoice(): KeyChoice {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<KeyChoice>
    const letters = Object.entries(kept.letters ?? {}).filter(([, letter]) => typeof letter === 'string' && LETTER.test(letter))
    return { isOff: kept.isOff === true, letters: Object.fromEntries(letters) }
  } catch {
    return { isOff: false, letters: {} }
  }
}

export function keepChoice(choice: KeyChoice): void {
  localStorage.setItem(STORED, JSON.stringify(choice))
  globalThis.dispatchEvent(new Event(CHANGED))
}

/** The letter behind G for each place, and the single letter for each new thing. */
export const placeLetters = (choice: KeyChoice): Record<string, string> => Object.fromEntries(Object.entries(GO).map(([to, letter]) => [to, choice.letters[to] ?? letter]))
export const makeLetter = (choice: KeyChoice, to: string): string => choice.letters[to] ?? MAKE.find((one) => one.to === to)?.key ?? ''

/** Why a letter cannot be given to a place or a thing: it is taken, or it begins a sequence. */
export function faultOf(choice: KeyChoice, to: string, letter: string): 'keys.no_letter' | 'keys.taken' | null {
  if (!LETTER.test(letter)) return 'keys.no_letter'
  if (to in GO) return Object.entries(placeLetters(choice)).some(([other, taken]) => other !== to && taken === letter) ? 'keys.taken' : null
  return letter === 'g' || MAKE.some((one) => one.to !== to && makeLetter(choice, one.to) === letter) ? 'keys.taken' : null
}
