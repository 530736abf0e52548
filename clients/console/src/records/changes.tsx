// What an entry changed, field by field, before and after.
import type { Formats } from '@trunnion/kit/formats'
import { customText, type CustomValue } from '@trunnion/kit/ui'
import { useWords, type Words } from '@trunnion/kit/words'
import { argumentOf } from './differences'
import { Restorable } from './restorable'
import type { Restore } from './restore'

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

const said = (field: string, was: string | null, is: string | null, words: Words): string | null =>
  was === null || is === null || was === is ? null : words.t(was === '' ? 'journal.set' : 'journal.changed', { field, before: was, after: is || words.t('kit.none') })

function lineOf(change: RowChange, field: string, words: Words, formats: Formats, custom: CustomValue[]): string | null {
  const [before, after] = change.fields[field]!
  const own = custom.find((one) => field === `custom.${one.key}`)
  if (own) return said(own.label, customText(own, before, words, formats), customText(own, after, words, formats), words)
  const name = argumentOf(field)
  const key = `field.${change.kind}.${name}`
  // A column without words is the program's own affair.
  if (SILENT.test(field) || !words.has(key)) return null
  const [was, is] = [before, after].map((value) => show(value, name, change.kind, words, formats))
  return said(words.t(key), was ?? null, is ?? null, words)
}

interface Line {
  key: string
  text: string
  change: RowChange
  field: string
}

/** What came new with the entry is told in one line; what it changed, line by line. */
function told(change: RowChange, at: string, words: Words, formats: Formats, custom: CustomValue[], isOffered: (change: RowChange, field: string) => boolean): Line[] {
  // The file itself stands on the page: its size in bytes is no news.
  if (change.kind === 'attach.file') return []
  const lines = Object.keys(change.fields).flatMap((field) => {
    const text = isPlain(change, field, at) ? null : lineOf(change, field, words, formats, custom)
    return text || isOffered(change, field) ? [{ key: change.id + field, text: text ?? '', change, field }] : []
  })
  if (change.op !== 'create') return lines
  const whole = lines.map((line) => line.text).filter(Boolean).join(' · ')
  return whole ? [{ key: change.id, text: whole, change, field: '' }] : []
}

export function Changes({ changes, at, restore, custom = [] }: { changes: RowChange[]; at: string; restore?: Restore; custom?: CustomValue[] }) {
  const { words, formats } = useWords()
  const isOffered = (change: RowChange, field: string): boolean => restore?.fieldOf(change, field) !== undefined
  const lines = changes.flatMap((change) => told(change, at, words, formats, custom, isOffered))
  if (!lines.length) return null
  return (
    <ul className="changes">
      {lines.map((line) => <li key={line.key}>{restore && line.field ? <Restorable line={line} restore={restore} /> : line.text}</li>)}
    </ul>
  )
}
