// What of a history can be restored.
import type { FieldSpec } from '@trunnion/kit/ui'
import { describe, expect, it } from 'vitest'
import { argumentOf, emptyOf, isSame } from './differences'

const field = (type: FieldSpec['type']): FieldSpec => ({ key: 'x', type, words_key: 'x' })

describe('a column and the edit that changes it', () => {
  it('have one name, except kinds', () => {
    expect(argumentOf('work_kind')).toBe('kind')
    expect(argumentOf('title')).toBe('title')
  })

  it('agree on what nothing is', () => {
    expect(emptyOf(field('longtext'))).toBe('')
    expect(emptyOf(field('reference'))).toBeNull()
    expect(isSame(field('text'), null, '')).toBe(true)
  })

  it('know one instant in two ways of writing', () => {
    expect(isSame(field('datetime'), '2026-11-22T08:00:00Z', '2026-11-22T16:00:00+08:00')).toBe(true)
    expect(isSame(field('datetime'), '2026-11-22T08:00:00Z', '2026-11-22T08:01:00Z')).toBe(false)
  })
})
