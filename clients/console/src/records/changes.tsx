// What an entry changed, field by field, before and after.
import type { Formats } from '@trunnion/kit/formats'
import { useWords, type Words } from '@trunnion/kit/words'

export interface Change {
  field: string
  before: unknown
  after: unknown
}

/** Book-keeping of the record itself says nothing to a reader. */
const SILENT = new Set(['id', 'version', 'organisation_id', 'created_at', 'changed_at', 'changed_by_id', 'created_by_id'])
const INSTANT = /^\d{4}-\d\d-\d\dT/

function show(value: unknown, field: string, kind: string, words: Words, formats: Formats): string {
  if (value === null || value === undefined || value === '') return words.t('kit.none')
  if (typeof value === 'boolean') return words.t(value ? 'kit.yes' : 'kit.no')
  if (typeof value === 'string' && INSTANT.test(value)) return formats.dateTime(value)
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  for (const key of [`state.${kind}.${text}`, `choice.${kind}.${field}.${text}`]) if (words.has(key)) return words.t(key)
  return text
}

export function Changes({ changes, kind }: { changes: Change[]; kind: string }) {
  const { t, words, formats } = useWords()
  const told = changes.filter((change) => !SILENT.has(change.field) && !change.field.endsWith('_key'))
  return (
    <ul className="changes">
      {told.map((change) => {
        const facts = {
          field: t(`field.${kind}.${change.field}`),
          before: show(change.before, change.field, kind, words, formats),
          after: show(change.after, change.field, kind, words, formats),
        }
        const isNew = change.before === null || change.before === undefined || change.before === ''
        return <li key={change.field}>{t(isNew ? 'journal.set' : 'journal.changed', facts)}</li>
      })}
    </ul>
  )
}
