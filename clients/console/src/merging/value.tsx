// A fact of a record as a reader knows it: names instead of ids, words instead of keys.
import { useReferences } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { ReferenceName } from '../records/value'

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/
const DAY = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT/

export function FactValue({ kind, field, value }: { kind: string; field: string; value: unknown }) {
  const { t, words, formats } = useWords()
  const references = useReferences()
  if (value === null || value === undefined || value === '') return <span className="muted">{t('kit.none')}</span>
  if (typeof value === 'boolean') return <>{t(value ? 'kit.yes' : 'kit.no')}</>
  const text = String(value)
  const reference = references[field.replace(/_id$/, '')]
  if (ID.test(text)) return reference ? <ReferenceName spec={reference} id={text} /> : <>…</>
  if (DAY.test(text)) return <>{formats.date(text)}</>
  if (INSTANT.test(text)) return <>{formats.dateTime(text)}</>
  const key = `choice.${kind}.${field}.${text}`
  return <span className="prose">{words.has(key) ? t(key) : text}</span>
}
