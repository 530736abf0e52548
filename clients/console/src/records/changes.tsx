// What an entry changed, field by field, before and after.
import type { Formats } from '@trunnion/kit/formats'
import { useWords, type Words } from '@trunnion/kit/words'

/** One row's difference: before and after by field. */
export interface RowChange {
  kind: string
  id: string
  op: string
  fields: Record<string, [unknown, unknown]>
}

/** Book-keeping and inner ids say nothing to a reader; when a state was reached the entry's own time tells. */
const SILENT = /^(id|version|organisation_id|state_at|subject_kind|subject_words|.*_key|.*_rank|.*_hash|.*_digest|sort_.*|changed_at|created_at|number)$/
const INSTANT = /^\d{4}-\d\d-\d\dT/
const DAY = /^\d{4}-\d\d-\d\d$/
const ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?/

/** The tables call it work_kind where readers know it as kind. */
const plainName = (field: string): string => (field.endsWith('_kind') ? 'kind' : field)

function show(value: unknown, field: string, kind: string, words: Words, formats: Formats): string | null {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return words.t(value ? 'kit.yes' : 'kit.no')
  if (typeof value === 'object') return null
  const text = String(value)
  if (ID.test(text)) return null
  if (INSTANT.test(text)) return formats.dateTime(text)
  if (DAY.test(text)) return formats.date(text)
  const key = [`state.${kind}.${text}`, `choice.${kind}.${field}.${text}`].find(words.has)
  return key ? words.t(key) : text
}

/** What a new row is by itself (no, none, nought), and instants that are the entry's own. */
function isPlain(change: RowChange, field: string, at: string): boolean {
  const [before, after] = change.fields[field]!
  if ((before === null || before === undefined) && (after === false || after === 0 || after === '0')) return true
  return field.endsWith('_at') && typeof after === 'string' && Math.abs(Date.parse(after) - Date.parse(at)) < 60_000
}

function lineOf(change: RowChange, field: string, words: Words, formats: Formats): string | null {
  const [before, after] = change.fields[field]!
  const name = plainName(field)
  const key = `field.${change.kind}.${name}`
  // A column without words is the program's own affair.
  if (SILENT.test(field) || !words.has(key)) return null
  const [was, is] = [before, after].map((value) => show(value, name, change.kind, words, formats))
  if (was === null || is === null || was === is) return null
  return words.t(was === '' ? 'journal.set' : 'journal.changed', { field: words.t(key), before: was ?? '', after: is || words.t('kit.none') })
}

/** What came new with the entry is told in one line; what it changed, line by line. */
function told(change: RowChange, at: string, words: Words, formats: Formats): string[] {
  // The file itself stands on the page: its size in bytes is no news.
  if (change.kind === 'attach.file') return []
  const lines = Object.keys(change.fields).flatMap((field) => {
    const line = isPlain(change, field, at) ? null : lineOf(change, field, words, formats)
    return line ? [line] : []
  })
  return change.op === 'create' ? [lines.join(' · ')].filter(Boolean) : lines
}

export function Changes({ changes, at }: { changes: RowChange[]; at: string }) {
  const { words, formats } = useWords()
  const lines = changes.flatMap((change) => told(change, at, words, formats).map((line) => <li key={`${change.id}${line}`}>{line}</li>))
  return lines.length ? <ul className="changes">{lines}</ul> : null
}
