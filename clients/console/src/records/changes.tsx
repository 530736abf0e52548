// What an entry changed, field by field, before and after.
import type { Formats } from '@trunnion/kit/formats'
import { useWords, type Words } from '@trunnion/kit/words'

/** One row's difference: before and after by field. */
export interface RowChange {
  kind: string
  row_id: string
  op: string
  fields: Record<string, [unknown, unknown]>
}

/** Book-keeping and inner ids say nothing to a reader. */
const SILENT = /^(id|version|organisation_id|.*_key|.*_hash|sort_.*|changed_at|created_at)$/
const INSTANT = /^\d{4}-\d\d-\d\dT/
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/

function show(value: unknown, field: string, kind: string, words: Words, formats: Formats): string | null {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return words.t(value ? 'kit.yes' : 'kit.no')
  if (typeof value === 'object') return null
  const text = String(value)
  if (ID.test(text)) return null
  if (INSTANT.test(text)) return formats.dateTime(text)
  const key = [`state.${kind}.${text}`, `choice.${kind}.${field}.${text}`].find(words.has)
  return key ? words.t(key) : text
}

export function Changes({ changes }: { changes: RowChange[] }) {
  const { t, words, formats } = useWords()
  const lines = changes.flatMap(({ kind, row_id, fields }) =>
    Object.entries(fields).flatMap(([field, [before, after]]) => {
      if (SILENT.test(field)) return []
      const [was, is] = [show(before, field, kind, words, formats), show(after, field, kind, words, formats)]
      if (was === null || is === null || was === is) return []
      const facts = { field: t(`field.${kind}.${field}`), before: was, after: is || t('kit.none') }
      return [<li key={`${row_id}${field}`}>{t(was === '' ? 'journal.set' : 'journal.changed', facts)}</li>]
    }),
  )
  return lines.length ? <ul className="changes">{lines}</ul> : null
}
