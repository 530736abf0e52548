// A field's value as its reader knows it: words for choices, names for records.
import { useRows, type FieldSpec, type ReferenceSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'

export function ReferenceName({ spec, id }: { spec: ReferenceSpec; id: string }) {
  const { language } = useWords()
  const row = useRows(spec.listing, { filter: { field: 'id', op: 'eq', value: id }, limit: 1 }).data?.rows[0]
  return <>{row ? spec.label(row, language) : '…'}</>
}

function choiceWords(field: FieldSpec, value: string, t: (key: string) => string): string {
  const choice = field.choices?.find((one) => one.value === value)
  return choice?.label ?? t(choice?.words_key ?? value)
}

export function FieldValue({ field, value }: { field: FieldSpec; value: unknown }) {
  const { t, words, formats } = useWords()
  if (value === null || value === undefined || value === '') return <span className="muted">{t('kit.none')}</span>
  if (typeof value === 'boolean') return <>{t(value ? 'kit.yes' : 'kit.no')}</>
  const text = String(value)
  if (field.type === 'choice') return <>{[value].flat().map((one) => choiceWords(field, String(one), t)).join(words.list)}</>
  if (field.type === 'reference') return <ReferenceName spec={field.reference!} id={text} />
  if (field.type === 'number') return <>{[formats.number(text), field.unit].filter(Boolean).join(' ')}</>
  if (field.type === 'datetime') return <>{formats.dateTime(text)}</>
  if (field.type === 'date') return <>{formats.date(text)}</>
  return <span className="prose">{text}</span>
}
