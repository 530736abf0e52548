// The report: camera first, then taps, then words. Nothing that was begun is lost, and a long film keeps nobody waiting.
import { Problem, problemWords, Unreachable } from '@trunnion/kit/api'
import { backOff } from '@trunnion/kit/uploads'
import { useWords } from '@trunnion/kit/words'
import { CloudOff } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { api, carrier, useCarried } from './carrying'
import type { Symptom } from './data'
import { useDraft, type Draft } from './draft'
import { Pick } from './pick'
import { Voice } from './voice'

export interface SentAnswer {
  number: string
  /** Where it can be followed. */
  path: string
  /** Under which what is still going up is shown. */
  group: string
}

interface ReportProps {
  /** `service/scan/<token>` or `service/own/assets/<id>` */
  base: string
  uploads: string
  group: string
  symptoms: Symptom[]
  /** Who is signed in is known already. */
  isKnown?: boolean
  onSent: (sent: SentAnswer) => void
}

const FIRST_SYMPTOMS = 8

function StoppedChoice({ value, onChange }: { value: boolean | null; onChange: (value: boolean) => void }) {
  const { t } = useWords()
  return (
    <fieldset className="choice">
      <legend>{t('portal.is_stopped')}</legend>
      {[false, true].map((one) => (
        <label key={String(one)} data-on={value === one}>
          <input type="radio" name="stopped" className="visually-hidden" checked={value === one} onChange={() => onChange(one)} />
          {t(one ? 'portal.stopped_yes' : 'portal.stopped_no')}
        </label>
      ))}
    </fieldset>
  )
}

function Symptoms({ offered, chosen, onChange }: { offered: Symptom[]; chosen: string[]; onChange: (codes: string[]) => void }) {
  const { t } = useWords()
  const [isAll, setAll] = useState(false)
  if (!offered.length) return null
  const shown = isAll ? offered : offered.filter(({ code }, at) => at < FIRST_SYMPTOMS || chosen.includes(code))
  const toggle = (code: string): void => onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code].slice(-FIRST_SYMPTOMS))
  return (
    <div role="group" aria-label={t('portal.symptoms')} className="chips">
      {shown.map(({ code, name }) => <button key={code} type="button" className="chip" aria-pressed={chosen.includes(code)} onClick={() => toggle(code)}>{name}</button>)}
      {shown.length < offered.length && <button type="button" className="link-button" onClick={() => setAll(true)}>{t('portal.more_symptoms')}</button>}
    </div>
  )
}

/** Asks until somebody answers; what the house refuses is told at once. */
async function insist(path: string, body: object, key: string, onWaiting: (isWaiting: boolean) => void): Promise<{ number: string; progress_token?: string; id?: string }> {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await api.post<{ number: string; progress_token?: string; id?: string }>(path, body, { 'Idempotency-Key': key })
      onWaiting(false)
      return answer
    } catch (error) {
      const isPassing = error instanceof Unreachable || (error instanceof Problem && error.status >= 500)
      if (!isPassing) throw error
      onWaiting(true)
      await backOff(tries)
    }
  }
}

function useReport({ base, group, onSent }: ReportProps): { draft: Draft; change: (part: Partial<Draft>) => void; send: () => Promise<void>; problem: unknown; isSending: boolean; isWaiting: boolean } {
  const { language } = useWords()
  const [draft, change, forget] = useDraft(group)
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const isBegun = useRef(false)

  async function send(): Promise<void> {
    if (isBegun.current) return
    isBegun.current = true
    setSending(true)
    setProblem(null)
    change({ isPending: true })
    // Without a line even the films cannot be announced; the page says so instead of turning in silence.
    const slow = setTimeout(() => setWaiting(true), 5_000)
    try {
      const upload_ids = await carrier().announced(group)
      const { text, symptoms, isStopped, name, phone, key } = draft
      const body = { text: text.trim(), symptoms, is_stopped: isStopped ?? false, contact_name: name.trim(), contact_phone: phone.trim(), upload_ids, language }
      const answer = await insist(`${base}/report`, body, key, setWaiting)
      const followed = answer.progress_token ?? answer.id ?? ''
      await carrier().sent(group, followed)
      forget()
      onSent({ number: answer.number, path: answer.progress_token ? `/p/${followed}` : `/portal/requests/${followed}`, group: followed })
    } catch (error) {
      setProblem(error)
      // Refused as it was; what is sent next is another report.
      change({ isPending: false, key: crypto.getRandomValues(new Uint32Array(4)).join('-') })
      setSending(false)
    } finally {
      clearTimeout(slow)
      setWaiting(false)
      isBegun.current = false
    }
  }

  // A page that was closed while it sent goes on where it was.
  const again = useRef(send)
  useEffect(() => { again.current = send })
  const wasPending = useRef(draft.isPending)
  useEffect(() => { if (wasPending.current) void again.current() }, [])
  return { draft, change, send, problem, isSending, isWaiting }
}

export function Report(props: ReportProps) {
  const { t, words } = useWords()
  const { draft, change, send, problem, isSending, isWaiting } = useReport(props)
  const [isBlank, setBlank] = useState(false)
  const items = useCarried(props.group).filter((item) => !item.isSent)

  function submit(event: FormEvent): void {
    event.preventDefault()
    const isNothing = !draft.text.trim() && !draft.symptoms.length && !items.some((item) => !item.error)
    setBlank(isNothing)
    if (!isNothing) void send()
  }

  return (
    <form className="report-form" onSubmit={submit} noValidate>
      <Pick group={props.group} base={props.uploads} items={items} />
      <label htmlFor="text">{t('portal.what_is_wrong')}</label>
      <Symptoms offered={props.symptoms} chosen={draft.symptoms} onChange={(symptoms) => change({ symptoms })} />
      <textarea id="text" rows={3} value={draft.text} aria-invalid={isBlank} aria-describedby={isBlank ? 'text-fault' : undefined} placeholder={t('portal.what_placeholder')} onChange={(event) => change({ text: event.currentTarget.value })} />
      <Voice onText={(said) => change({ text: [draft.text.trim(), said].filter(Boolean).join(' ') })} />
      {isBlank && <p id="text-fault" className="fault" role="alert">{t('portal.say_what')}</p>}
      <StoppedChoice value={draft.isStopped} onChange={(isStopped) => change({ isStopped })} />
      {!props.isKnown && (
        <details className="contact" open={Boolean(draft.name || draft.phone)}>
          <summary>{t('portal.contact')} <span className="soft">{t('kit.optional')}</span></summary>
          <label htmlFor="name">{t('portal.contact_name')}</label>
          <input id="name" autoComplete="name" value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          <label htmlFor="phone">{t('portal.contact_phone')}</label>
          <input id="phone" type="tel" autoComplete="tel" value={draft.phone} onChange={(event) => change({ phone: event.currentTarget.value })} />
        </details>
      )}
      {problem !== null && <p className="fault" role="alert">{problemWords(words, problem)}</p>}
      {isWaiting && <p className="stale" role="status"><CloudOff size={16} aria-hidden /> {t('portal.waiting_for_line')}</p>}
      <button type="submit" className="button" disabled={isSending}>{t(isSending ? 'portal.sending' : 'portal.send')}</button>
    </form>
  )
}
