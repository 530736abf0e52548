// What an edit changes, and where it meets what somebody else changed meanwhile.
import type { FieldSpec } from '@trunnion/kit/ui'

export type Facts = Record<string, unknown>

/** The tables call it work_kind where readers and edits know it as kind. */
export const argumentOf = (column: string): string => (column.endsWith('_kind') && !column.includes('.') ? 'kind' : column)

/** What an edit is told that takes a fact away. */
export const emptyOf = (field: FieldSpec): unknown => (field.type === 'text' || field.type === 'longtext' ? '' : null)
const plain = (value: unknown): string => (value === undefined || value === null ? '' : JSON.stringify(value))

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** An instant and a number are the same in whatever way they are written. */
export function isSame(field: FieldSpec, a: unknown, b: unknown): boolean {
  if (field.type === 'datetime' && a && b) return new Date(String(a)).getTime() === new Date(String(b)).getTime()
  if (field.type === 'number' && isSaid(a) && isSaid(b)) return Number(a) === Number(b)
  return plain(a === '' ? null : a) === plain(b === '' ? null : b)
}

/** Only what differs is sent; a text that was emptied is said as such, for an edit may take a fact away. */
export function changedFacts(fields: FieldSpec[], before: Facts, values: Facts): Facts {
  return Object.fromEntries(fields.flatMap((field) => (isSame(field, before[field.key], values[field.key]) ? [] : [[field.key, values[field.key] ?? emptyOf(field)]])))
}

export interface Conflict {
  field: FieldSpec
  theirs: unknown
  mine: unknown
}

/** Fields that both changed, each to something else. What only one of them changed is no conflict. */
export function conflictsOf(fields: FieldSpec[], before: Facts, now: Facts, mine: Facts): Conflict[] {
  return fields.flatMap((field) => {
    if (!(field.key in mine) || isSame(field, before[field.key], now[field.key]) || isSame(field, now[field.key], mine[field.key])) return []
    return [{ field, theirs: now[field.key], mine: mine[field.key] }]
  })
}
