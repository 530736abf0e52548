// The customer's word on the glass: a name, a signature, and the phone is handed back.
import { problemWords } from '@trunnion/kit/api'
import { SignaturePad } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { QrCode, Share2 } from 'lucide-react'
import { useState } from 'react'
import type { Order } from '../work/types'
import { step } from '../work/verbs'
import { Fault, Sheet, useAct, useField } from './context'

interface SignLink { link: string; picture: string }

/** Whoever is not here signs on their own phone, by a link. */
function ByLink({ order }: { order: Order }) {
  const { t, words } = useWords()
  const { field } = useField()
  const [made, setMade] = useState<SignLink | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const ask = async (): Promise<void> => {
    setFault(null)
    try {
      setMade(await field.api.post<SignLink>(`service/orders/${order.id}/ask_to_sign`, {}, { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') }))
    } catch (error) {
      setFault(problemWords(words, error))
    }
  }
  const share = async (): Promise<void> => {
    if (!made) return
    // Whoever closes the share sheet has changed their mind.
    if (navigator.share) await navigator.share({ title: order.title, url: made.link }).catch(() => undefined)
    else await navigator.clipboard?.writeText(made.link).catch(() => undefined)
  }
  if (!field.state.isOnline || field.isUnsent(order.id)) return null
  return (
    <>
      {!made && <button type="button" className="button button-quiet" onClick={() => void ask()}><QrCode size={20} aria-hidden /> {t('job.sign_by_link')}</button>}
      <Fault text={fault} />
      {made && (
        <div className="sign-link" role="status">
          <p>{t('job.sign_by_link_text')}</p>
          <img src={made.picture} alt={t('job.sign_by_link')} width="164" height="164" onLoad={(event) => event.currentTarget.parentElement?.scrollIntoView({ block: 'end' })} />
          <input readOnly aria-label={t('job.sign_link')} value={made.link} onFocus={(event) => event.currentTarget.select()} />
          <button type="button" className="button button-quiet" onClick={() => void share()}><Share2 size={18} aria-hidden /> {t('job.sign_link_share')}</button>
        </div>
      )}
    </>
  )
}

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
      <ByLink order={order} />
    </Sheet>
  )
}
