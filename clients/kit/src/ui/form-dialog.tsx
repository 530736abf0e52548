// A dialog around a declared form: the arguments of a verb, or the facts of a new record.
import { Button } from 'antd'
import { useId, useState } from 'react'
import { useWords } from '../words'
import { Dialog } from './dialog'
import type { FieldSpec } from './fields'
import { RecordForm, type Values } from './record-form'

interface FormDialogProps {
  kind?: string
  title: string
  fields: FieldSpec[]
  /** What the sending button says; "Save" when absent. */
  submit?: string
  intro?: string
  isDanger?: boolean
  initial?: Values
  /** Under which name what is typed is kept until it is sent. */
  draft?: string
  /** Whoever sends closes it: something may have to be settled first. */
  keepsOpen?: boolean
  /** Told what is typed so far, for fields that depend on it. */
  onValues?: (values: Values) => void
  onSubmit: (values: Values) => Promise<void>
  onClose: () => void
}

export default function FormDialog({ kind, title, fields, submit, intro, isDanger, initial, draft, keepsOpen, onValues, onSubmit, onClose }: FormDialogProps) {
  const { t } = useWords()
  const form = useId()
  const [isSending, setSending] = useState(false)
  // Closed by mistake or by a reload: it is there again when the same form is opened for the same record.
  const kept = draft ?? [globalThis.location.pathname, kind, ...fields.map((field) => field.key)].join(' ')
  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" htmlType="submit" form={form} loading={isSending} danger={isDanger}>{submit ?? t('kit.save')}</Button>
    </>
  )
  return (
    <Dialog title={title} onClose={onClose} foot={foot}>
      {intro && <p className="dialog-intro">{intro}</p>}
      <RecordForm kind={kind} id={form} fields={fields} initial={initial} draft={kept} onSending={setSending} onValues={onValues} onSubmit={async (values) => { await onSubmit(values); if (!keepsOpen) onClose() }} />
    </Dialog>
  )
}
