// A small dialog around a declared form.
import { RecordForm, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Modal } from 'antd'
import { useId, useState } from 'react'

interface AddDialogProps {
  title: string
  fields: FieldSpec[]
  initial?: Values
  onSubmit: (values: Values) => Promise<void>
  onClose: () => void
}

export default function AddDialog({ title, fields, initial, onSubmit, onClose }: AddDialogProps) {
  const { t } = useWords()
  const form = useId()
  const [isSending, setSending] = useState(false)
  return (
    <Modal open title={title} className="verb-dialog" width={520} onCancel={onClose} okText={t('kit.save')} cancelText={t('kit.cancel')} okButtonProps={{ htmlType: 'submit', form, loading: isSending }} mask={{ closable: false }}>
      <RecordForm id={form} fields={fields} initial={initial} onSending={setSending} onSubmit={async (values) => { await onSubmit(values); onClose() }} />
    </Modal>
  )
}
