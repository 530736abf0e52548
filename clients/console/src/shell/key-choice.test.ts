// Letters are chosen once each; nonsense in the store is no choice.
import { beforeEach, describe, expect, it } from 'vitest'
import { faultOf, makeLetter, placeLetters, readChoice, type KeyChoice } from './key-choice'

const plain: KeyChoice = { isOff: false, letters: {} }

beforeEach(() => {
  const held = new Map<string, string>()
  Object.defineProperty(globalThis, 'localStorage', { value: { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => held.set(key, value) }, configurable: true })
})

describe('chosen keys', () => {
  it('are the usual ones until somebody chooses others', () => {
    expect(placeLetters(plain)['/orders']).toBe('o')
    const own = { ...plain, letters: { '/orders': 'w', '/orders/new': 'm' } }
    expect(placeLetters(own)['/orders']).toBe('w')
    expect(makeLetter(own, '/orders/new')).toBe('m')
  })

  it('are refused where they are taken or no letters', () => {
    expect(faultOf(plain, '/orders', 'a')).toBe('keys.taken')
    expect(faultOf(plain, '/orders', 'o')).toBeNull()
    expect(faultOf(plain, '/orders', 'w')).toBeNull()
    expect(faultOf(plain, '/orders', 'Enter')).toBe('keys.no_letter')
    expect(faultOf(plain, '/orders/new', 'g')).toBe('keys.taken')
  })

  it('survive nonsense', () => {
    localStorage.setItem('trunnion.keys', '{"isOff": "yes", "letters": {"/orders": "Ctrl", "/": 1, "/assets": "z"}}')
    expect(readChoice()).toEqual({ isOff: false, letters: { '/assets': 'z' } })
    localStorage.setItem('trunnion.keys', '[')
    expect(readChoice()).toEqual(plain)
  })
})
