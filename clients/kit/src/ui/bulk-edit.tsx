// One change of plain facts for many records.
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../words'
import { BatchDialog, type BatchProps } from './batch'
import { contractFields } from './contract-fields'
import { packed, useCustomFields } from './custom'
import { fieldName } from './field-name'
import { FieldInput, type FieldSpec } from './fields'
import { useReferences } from './provider'

interface BulkEditProps extends BatchProps {
  count: number
}

export default function BulkEdit({ count, ...batch }: BulkEditProps) {
  const { kind } = batch
  const { t, words } = useWords()
  const references = useReferences()
  const [fields, setFields] = useState<FieldSpec[]>([])
  const [key, setKey] = useState<string>()
  const [value, setValue] = useState<unknown>()
  const own = useCustomFields(kind)
  const all = [...fields, ...own]
  const field = all.find((one) => one.key === key)

  useEffect(() => {
    void contractFields(kind, 'edit', references, words).then((found) => setFields(found.filter((one) => words.has(one.words_key))))
  }, [kind, references, words])

  return (
    <BatchDialog {...batch} verb="bulk-edit" title={t('kit.bulk.title', { count })} changes={field && packed({ [field.key]: value ?? (field.type === 'text' || field.type === 'longtext' ? '' : null) })}>
      <Select aria-label={t('kit.bulk.field')} placeholder={t('kit.bulk.field')} value={key} options={all.map((one) => ({ value: one.key, label: fieldName(one, words) }))} onChange={(next) => { setKey(next); setValue(undefined) }} />
      {field && <FieldInput field={field} label={fieldName(field, words)} values={{}} value={value} onChange={setValue} />}
    </BatchDialog>
  )
}
