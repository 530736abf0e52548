// What an answer means for the queue, and how two changes of one record go together field by field.
import { Problem, Unreachable } from '../api/problem'
import type { Refusal } from './types'

export type Verdict = 'again' | 'locked' | 'refused'

/** No answer, a server in trouble, or too many at once: try again later under the same key. Everything else is a decision. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof Unreachable) return 'again'
  if (!(error instanceof Problem)) return 'again'
  if (error.status === 401) return 'locked'
  return error.status === 408 || error.status === 429 || error.status >= 500 ? 'again' : 'refused'
}

export const refusalOf = (problem: Problem, at: string): Refusal => ({ status: problem.status, code: problem.code, facts: problem.facts, errors: problem.errors, at })

/** Refusals that speak of another state of the record than the phone knew: somebody decides, nothing is settled silently. */
export const isConflict = (refusal: Refusal): boolean => [403, 404, 409, 412].includes(refusal.status)

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/**
 * Fields that both sides changed, each to something else. Without any, one's own change can be sent against the newer
 * version: it says only what one changed.
 */
export function clashesOf(base: Record<string, unknown>, mine: Record<string, unknown>, theirs: Record<string, unknown>): string[] {
  return Object.keys(base).filter((field) => field in theirs && !same(theirs[field], base[field]) && !same(theirs[field], mine[field]))
}
