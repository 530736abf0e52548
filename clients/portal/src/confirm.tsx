// Confirming finished work: a name, a signature, or a reason why not.
import { problemWords } from '@trunnion/kit/api'
import { SignaturePad } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { Act } from './actions'
import type { Shown } from './data'
import { BeforeAfter } from './shots'

export function Confirm({ act, remedy, shots, files }: { act: Act; remedy: string; shots: Shown[]; files: string }) {
  const { t, words } = useWords()
  const [name, setName] = useState('')
  const [remark, setRemark] = useState('')
  const [signature, setSignature] = useState<string | null>(null)
  const [isRefusing, setRefusing] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  function missing(): string | null {
    if (!name.trim()) return t('portal.say_name')
    if (isRefusing && !remark.trim()) return t('portal.say_why')
    if (!isRefusing && !signature) return t('portal.please_sign')
    return null
  }

  async function send(): Promise<void> {
    const lacking = missing()
    setFault(lacking)
    if (lacking) return
    setSending(true)
    try {
      await act('confirm', { name: name.trim(), signature_png_base64: isRefusing ? null : signature, accepted: !isRefusing, remark: remark.trim() })
    } catch (error) {
      setFault(problemWords(words, error))
      setSending(false)
    }
  }

  return (
    <section className="card confirm">
      <h2>{t('portal.confirm_title')}</h2>
      {remedy && <p className="remedy">{remedy}</p>}
      <BeforeAfter files={files} shots={shots} />
      <label htmlFor="who">{t('portal.your_name')}</label>
      <input id="who" autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
      {!isRefusing && <SignaturePad label={t('portal.signature')} onChange={setSignature} />}
      <label htmlFor="remark">{t(isRefusing ? 'portal.why_not' : 'portal.remark')} {!isRefusing && <span className="soft">{t('kit.optional')}</span>}</label>
      <textarea id="remark" rows={2} value={remark} onChange={(event) => setRemark(event.target.value)} />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="button" className="button" disabled={isSending} onClick={() => void send()}>{t(isRefusing ? 'portal.refuse' : 'portal.confirm')}</button>
      <button type="button" className="link-button" onClick={() => { setRefusing(!isRefusing); setFault(null) }}>{t(isRefusing ? 'portal.it_works' : 'portal.not_right')}</button>
    </section>
  )
}
