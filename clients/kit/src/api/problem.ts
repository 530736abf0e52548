// A refusal of the server (RFC 9457), and how it is put into words.
import type { Words } from '../words/words'

export interface FieldFault {
  pointer: string
  code: string
  facts?: Record<string, unknown>
}

interface ProblemDocument {
  status?: number
  code?: string
  title?: string
  facts?: Record<string, unknown>
  errors?: FieldFault[]
  trace?: string
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly facts: Record<string, unknown>
  readonly errors: FieldFault[]
  readonly trace: string | undefined
  readonly retryAfter: number | undefined

  constructor(status: number, document: ProblemDocument, retryAfter?: number) {
    super(document.title ?? document.code ?? `HTTP ${status}`)
    this.name = 'Problem'
    this.status = status
    this.code = document.code ?? fallbackCode(status)
    this.facts = document.facts ?? {}
    this.errors = document.errors ?? []
    this.trace = document.trace
    this.retryAfter = retryAfter
  }
}

/** No answer at all: the request may or may not have arrived, so the same key must be sent again. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

function fallbackCode(status: number): string {
  if (status === 401) return 'not_signed_in'
  if (status === 403) return 'not_granted'
  if (status === 404) return 'not_found'
  if (status === 412) return 'stale_version'
  if (status === 413) return 'too_large'
  if (status === 429) return 'too_many'
  return status >= 500 ? 'server_fault' : 'refused'
}

/** `/engineer_id` -> `engineer_id`; a pointer into a list keeps its path with dots. */
export function fieldOf(fault: FieldFault): string {
  return fault.pointer.replace(/^#?\/(body\/)?/, '').replaceAll('/', '.')
}

/** The facts of a refusal name states, verbs and fields by key: each is put into words as well. */
function wordedFacts(words: Words, facts: Record<string, unknown>, kind: string): Record<string, string | number> {
  const worded: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'number') worded[name] = value
    else if (Array.isArray(value)) worded[name] = value.map((one) => wordOfFact(words, String(one), kind)).join(words.list)
    else if (value !== null && value !== undefined) worded[name] = wordOfFact(words, String(value), kind)
  }
  return worded
}

function wordOfFact(words: Words, value: string, kind: string): string {
  const own = kind ? [`state.${kind}.`, `verb.${kind}.`, `field.${kind}.`] : []
  for (const prefix of [...own, 'verb.', 'kind.']) {
    if (words.has(`${prefix}${value}`)) return words.t(`${prefix}${value}`)
  }
  return value
}

export function faultWords(words: Words, fault: FieldFault, kind = ''): string {
  return words.first([`refusal.${fault.code}`, 'kit.problem.invalid'], wordedFacts(words, fault.facts ?? {}, kind))
}

/** `kind` is the record's, such as work.order: it tells which words a bare state or verb among the facts has. */
export function problemWords(words: Words, error: unknown, kind = ''): string {
  if (error instanceof Unreachable) return words.t('kit.problem.unreachable')
  if (!(error instanceof Problem)) return words.t('kit.problem.unexpected')
  const text = words.first([`refusal.${error.code}`, `kit.problem.${error.code}`], wordedFacts(words, error.facts, kind))
  if (error.retryAfter) return `${text} ${words.t('kit.problem.retry_after', { seconds: error.retryAfter })}`
  return text
}
