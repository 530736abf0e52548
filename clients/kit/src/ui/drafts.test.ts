// A draft is its writer's, holds no secrets, and goes with them.
import { beforeEach, describe, expect, it } from 'vitest'
import { clearDrafts, dropDraft, keepDraft, ownDrafts, readDraft, typedSince } from './drafts'
import type { FieldSpec } from './fields'

const FIELDS: FieldSpec[] = [
  { key: 'title', type: 'text', words_key: 'x' },
  { key: 'asset_id', type: 'reference', words_key: 'x' },
  { key: 'password', type: 'password', words_key: 'x' },
  { key: 'file_ids', type: 'photos', words_key: 'x' },
]

class Store {
  [key: string]: unknown
  getItem(key: string): string | null { return (this[key] as string | undefined) ?? null }
  setItem(key: string, value: string): void { this[key] = value }
  removeItem(key: string): void { delete this[key] }
}

beforeEach(() => {
  Object.defineProperty(globalThis, 'sessionStorage', { value: new Store(), configurable: true })
  clearDrafts()
  ownDrafts('li')
})

describe('drafts', () => {
  it('hold what was typed, without secrets and files', () => {
    const typed = typedSince(FIELDS, { title: 'old', asset_id: 'a' }, { title: 'new', asset_id: 'a', password: 'p', file_ids: ['f'] })
    expect(typed).toEqual({ title: 'new' })
    keepDraft('order', typed)
    expect(readDraft('order', FIELDS)).toEqual({ title: 'new' })
  })

  it('remember that something was emptied', () => {
    keepDraft('order', typedSince(FIELDS, { asset_id: 'a' }, { title: '', asset_id: undefined }))
    expect(readDraft('order', FIELDS)).toEqual({ asset_id: undefined })
    expect('asset_id' in readDraft('order', FIELDS)).toBe(true)
  })

  it('are nobody else’s', () => {
    keepDraft('order', { title: 'mine' })
    ownDrafts('sun')
    expect(readDraft('order', FIELDS)).toEqual({})
    ownDrafts('li')
    expect(readDraft('order', FIELDS)).toEqual({})
  })

  it('are gone when sent, after a day, and with whoever signs out', () => {
    keepDraft('order', { title: 'a' }, 0)
    expect(readDraft('order', FIELDS, 25 * 3_600_000)).toEqual({})
    keepDraft('order', { title: 'a' })
    dropDraft('order')
    expect(readDraft('order', FIELDS)).toEqual({})
    keepDraft('order', { title: 'a' })
    clearDrafts()
    expect(Object.keys(sessionStorage)).toEqual([])
  })

  it('know no field that the form does not have, and survive nonsense', () => {
    keepDraft('order', { title: 'a', gone: 1 })
    expect(readDraft('order', FIELDS)).toEqual({ title: 'a' })
    sessionStorage.setItem('trunnion.draft.li.order', '{')
    expect(readDraft('order', FIELDS)).toEqual({})
  })
})
