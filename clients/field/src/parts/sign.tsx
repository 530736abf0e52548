// The customer's word on the glass: a name, a signature, and the phone is handed back.
import { SignaturePad } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { Order } from '../work/types'
import { step } from '../work/verbs'
import { Fault, Sheet, useAct, useField } from './context'

export function Sign({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const [name, setName] = useState('')
  const [remark, setRemark] = useState('')
  const [signature, setSignature] = useState<string | null>(null)
  const sign = async (): Promise<void> => {
    const args = { signer_name: name.trim(), signature_png_base64: signature ?? '', remark: remark.trim() }
    if (await act(step(order, 'confirm', field.clock.now(order.state_at), args))) onClose()
  }
  return (
    <Sheet title={t('job.customer_signs')} onClose={onClose}>
      {order.remedy && <p className="quote">{order.remedy}</p>}
      <label htmlFor="signer">{t('field.work.order.signer_name')}</label>
      <input id="signer" autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <SignaturePad label={t('field.work.order.signature_png_base64')} onChange={setSignature} />
      <label htmlFor="sign-remark">{t('field.work.order.remark')} <span className="soft">{t('kit.optional')}</span></label>
      <input id="sign-remark" value={remark} onChange={(event) => setRemark(event.currentTarget.value)} />
      <Fault text={fault} />
      <button type="button" className="button big" disabled={!name.trim() || !signature} onClick={() => void sign()}>{t('verb.work.order.confirm')}</button>
    </Sheet>
  )
}
