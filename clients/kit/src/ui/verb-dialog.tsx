// Asks for what a verb needs, then does it.
import { Modal } from 'antd'
import { useId, useState } from 'react'
import { useWords } from '../words'
import { RecordForm } from './record-form'
import type { VerbSpec } from './verbs'

interface DialogProps {
  verb: string
  spec: VerbSpec
  kind: string
  run: (verb: string, args: object) => Promise<void>
  onClose: () => void
}

export default function VerbDialog({ verb, spec, kind, run, onClose }: DialogProps) {
  const { t } = useWords()
  const form = useId()
  const [isSending, setSending] = useState(false)
  return (
    <Modal
      open
      title={t(`verb.${kind}.${verb}`)}
      onCancel={onClose}
      className="verb-dialog"
      width={520}
      okText={t(`verb.${kind}.${verb}`)}
      okButtonProps={{ htmlType: 'submit', form, loading: isSending, danger: spec.isDanger }}
      cancelText={t('kit.cancel')}
      mask={{ closable: false }}
    >
      {spec.intro_key && <p className="dialog-intro">{t(spec.intro_key)}</p>}
      <RecordForm
        id={form}
        fields={spec.fields ?? []}
        initial={spec.initial}
        onSending={setSending}
        onSubmit={async (values) => {
          await run(verb, spec.toArgs?.(values) ?? values)
          onClose()
        }}
      />
    </Modal>
  )
}
