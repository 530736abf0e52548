// What somebody has typed and not sent: kept for them alone while the tab lives, so that a reload costs nothing.
import type { FieldSpec } from './fields'

export type Draft = Record<string, unknown>

const PREFIX = 'trunnion.draft.'
/** Secrets and files are never kept; a picture's upload cannot be shown again. */
const UNKEPT = new Set(['password', 'photos', 'files', 'signature'])
const OLDEST = 24 * 3_600_000

let owner = ''

/** Whose drafts these are; those of whoever sat here before are gone. */
export function ownDrafts(next: string): void {
  if (next === owner) return
  owner = next
  for (const key of keys()) if (!key.startsWith(PREFIX + next)) sessionStorage.removeItem(key)
}

/** Somebody signs out: nothing of theirs stays. */
export function clearDrafts(): void {
  for (const key of keys()) sessionStorage.removeItem(key)
  owner = ''
}

const keys = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
const placeOf = (name: string): string => `${PREFIX}${owner}.${name}`

/** Only what differs from what the form began with: a record that changed since shows its own news everywhere else. */
export function typedSince(fields: FieldSpec[], initial: Draft | undefined, values: Draft): Draft {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (a ?? '') === (b ?? '')
  return Object.fromEntries(
    fields.filter((field) => !UNKEPT.has(field.type) && field.key in values && !same(values[field.key], initial?.[field.key])).map((field) => [field.key, values[field.key] ?? null]),
  )
}

export function keepDraft(name: string, draft: Draft, now: number = Date.now()): void {
  if (!owner) return
  try {
    if (Object.keys(draft).length) sessionStorage.setItem(placeOf(name), JSON.stringify({ at: now, draft }))
    else sessionStorage.removeItem(placeOf(name))
  } catch {
    // A full or closed store is no reason to disturb whoever types.
  }
}

export function readDraft(name: string, fields: FieldSpec[], now: number = Date.now()): Draft {
  if (!owner) return {}
  try {
    const kept = JSON.parse(sessionStorage.getItem(placeOf(name)) ?? 'null') as { at: number; draft: Draft } | null
    if (!kept || now - kept.at > OLDEST) return {}
    const known = new Set(fields.filter((field) => !UNKEPT.has(field.type)).map((field) => field.key))
    return Object.fromEntries(Object.entries(kept.draft).filter(([key]) => known.has(key)).map(([key, value]) => [key, value ?? undefined]))
  } catch {
    return {}
  }
}

export const dropDraft = (name: string): void => sessionStorage.removeItem(placeOf(name))
