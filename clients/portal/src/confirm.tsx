// Confirming finished work: a name, a signature, or a reason why not.
import { problemWords } from '@trunnion/kit/api'
import { SignaturePad } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { Act } from './actions'
import type { Checked, Shown } from './data'
import { BeforeAfter } from './shots'

interface ConfirmProps { act: Act; remedy: string; checks: Checked[]; shots: Shown[]; files: string }

/** What was done, line by line: whatever is tapped is found wanting. */
function Lines({ checks, wanting, onChange }: { checks: Checked[]; wanting: string[]; onChange: (titles: string[]) => void }) {
  const { t } = useWords()
  if (!checks.length) return null
  return (
    <ul className="work-lines" aria-label={t('portal.what_was_done')}>
      {checks.map((one) => {
        const isWanting = wanting.includes(one.title)
        return (
          <li key={one.title} data-wanting={isWanting}>
            <span className="work-line">{one.title}<span className="soft">{[one.value, one.result_words].filter(Boolean).join(' · ')}</span></span>
            <button type="button" className="chip" aria-pressed={isWanting} aria-label={`${t('portal.line_wanting')}: ${one.title}`} onClick={() => onChange(isWanting ? wanting.filter((title) => title !== one.title) : [...wanting, one.title])}>{t('portal.line_wanting')}</button>
          </li>
        )
      })}
    </ul>
  )
}

export function Confirm({ act, remedy, checks, shots, files }: ConfirmProps) {
  const { t, words } = useWords()
  const [name, setName] = useState('')
  const [remark, setRemark] = useState('')
  const [signature, setSignature] = useState<string | null>(null)
  const [wanting, setWanting] = useState<string[]>([])
  const [isRefusing, setRefusing] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)
  const needsWhy = isRefusing || wanting.length > 0

  function missing(isAccepted: boolean): string | null {
    if (!name.trim()) return t('portal.say_name')
    if (needsWhy && !remark.trim()) return t('portal.say_why')
    if (isAccepted && !signature) return t('portal.please_sign')
    return null
  }

  async function send(isAccepted: boolean): Promise<void> {
    const lacking = missing(isAccepted)
    setFault(lacking)
    if (lacking) return
    setSending(true)
    const said = wanting.length ? [t('portal.not_in_order', { lines: wanting.join(words.list) }), remark.trim()].join('\n') : remark.trim()
    try {
      await act('confirm', { name: name.trim(), signature_png_base64: isAccepted ? signature : null, accepted: isAccepted, remark: said })
    } catch (error) {
      setFault(problemWords(words, error))
      setSending(false)
    }
  }

  return (
    <section className="card confirm">
      <h2>{t('portal.confirm_title')}</h2>
      {remedy && <p className="remedy">{remedy}</p>}
      <Lines checks={checks} wanting={wanting} onChange={setWanting} />
      <BeforeAfter files={files} shots={shots} />
      <label htmlFor="who">{t('portal.your_name')}</label>
      <input id="who" autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
      <label htmlFor="remark">{t(needsWhy ? 'portal.why_not' : 'portal.remark')} {!needsWhy && <span className="soft">{t('kit.optional')}</span>}</label>
      <textarea id="remark" rows={2} value={remark} onChange={(event) => setRemark(event.target.value)} />
      {!isRefusing && <SignaturePad label={t('portal.signature')} onChange={setSignature} />}
      {fault && <p className="fault" role="alert">{fault}</p>}
      {!isRefusing && <button type="button" className="button" disabled={isSending} onClick={() => void send(true)}>{t(wanting.length ? 'portal.confirm_rest' : 'portal.confirm')}</button>}
      {needsWhy && <button type="button" className={isRefusing ? 'button' : 'button button-quiet'} disabled={isSending} onClick={() => void send(false)}>{t('portal.refuse')}</button>}
      {!wanting.length && <button type="button" className="link-button" onClick={() => { setRefusing(!isRefusing); setFault(null) }}>{t(isRefusing ? 'portal.it_works' : 'portal.not_right')}</button>}
    </section>
  )
}
