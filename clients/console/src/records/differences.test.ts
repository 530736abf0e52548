// Edits against edits: what is sent, and what counts as a conflict.
import type { FieldSpec } from '@trunnion/kit/ui'
import { expect, it } from 'vitest'
import { changedFacts, conflictsOf } from './differences'

const fields: FieldSpec[] = [
  { key: 'title', type: 'text', words_key: 'a' },
  { key: 'due_at', type: 'datetime', words_key: 'b' },
  { key: 'priority', type: 'choice', words_key: 'c' },
  { key: 'team_id', type: 'reference', words_key: 'd' },
]
const before = { title: 'Pump', due_at: '2026-11-22T10:00:00Z', priority: 'normal', team_id: null }

it('sends only what was changed, and says what was emptied', () => {
  expect(changedFacts(fields, before, { title: 'Pump', due_at: '2026-11-22T10:00:00.000Z', priority: 'high' })).toEqual({ priority: 'high' })
  expect(changedFacts(fields, before, { priority: 'normal' })).toEqual({ title: '', due_at: null })
})

it('finds a conflict only where both changed the same field to something else', () => {
  const now = { ...before, title: 'Pump P-101', priority: 'urgent' }
  expect(conflictsOf(fields, before, now, { due_at: null })).toEqual([])
  expect(conflictsOf(fields, before, now, { priority: 'urgent' })).toEqual([])
  expect(conflictsOf(fields, before, now, { title: 'Big pump', priority: 'urgent' })).toEqual([{ field: fields[0], theirs: 'Pump P-101', mine: 'Big pump' }])
})
