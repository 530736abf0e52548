// The report: one required field, photos first, contact if one likes. A draft survives a closed page.
import { Intentions, problemWords, type Api } from '@trunnion/kit/api'
import { FileDrop, useUploads } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { useEffect, useRef, useState, type FormEvent } from 'react'

interface ReportProps {
  api: Api
  token: string
  onSent: (sent: { number: string; progress_token: string }) => void
}

interface Draft {
  text: string
  isStopped: boolean | null
  name: string
  phone: string
}

const blank: Draft = { text: '', isStopped: null, name: '', phone: '' }

function readDraft(key: string): Draft {
  try {
    return { ...blank, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Draft>) }
  } catch {
    return blank
  }
}

function useDraft(token: string): [Draft, (part: Partial<Draft>) => void, () => void] {
  const key = `trunnion.draft.${token}`
  const [draft, setDraft] = useState(() => readDraft(key))
  useEffect(() => localStorage.setItem(key, JSON.stringify(draft)), [key, draft])
  return [draft, (part) => setDraft((old) => ({ ...old, ...part })), () => localStorage.removeItem(key)]
}

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

export function Report({ api, token, onSent }: ReportProps) {
  const { t, words, language } = useWords()
  const [draft, change, forget] = useDraft(token)
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)
  const [isBlank, setBlank] = useState(false)
  const intentions = useRef(new Intentions())
  const uploads = useUploads((file, name, progress) => api.upload(`service/scan/${token}/files`, file, name, progress))

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBlank(!draft.text.trim())
    if (!draft.text.trim()) return
    setSending(true)
    setProblem(null)
    const body = {
      text: draft.text.trim(),
      is_stopped: draft.isStopped ?? false,
      contact_name: draft.name.trim(),
      contact_phone: draft.phone.trim(),
      file_ids: uploads.fileIds,
      language,
    }
    try {
      const answer = await api.post<{ number: string; progress_token: string }>(`service/scan/${token}/report`, body, { 'Idempotency-Key': intentions.current.keyOf(body) })
      forget()
      onSent(answer)
    } catch (error) {
      setProblem(error)
      setSending(false)
    }
  }

  return (
    <form className="report-form" onSubmit={(event) => void send(event)} noValidate>
      <FileDrop uploads={uploads} photosOnly />
      <label htmlFor="text">{t('portal.what_is_wrong')}</label>
      <textarea id="text" rows={3} value={draft.text} aria-invalid={isBlank} aria-describedby={isBlank ? 'text-fault' : undefined} placeholder={t('portal.what_placeholder')} onChange={(event) => change({ text: event.target.value })} />
      {isBlank && <p id="text-fault" className="fault" role="alert">{t('portal.say_what')}</p>}
      <StoppedChoice value={draft.isStopped} onChange={(isStopped) => change({ isStopped })} />
      <details className="contact" open={Boolean(draft.name || draft.phone)}>
        <summary>{t('portal.contact')} <span className="soft">{t('kit.optional')}</span></summary>
        <label htmlFor="name">{t('portal.contact_name')}</label>
        <input id="name" autoComplete="name" value={draft.name} onChange={(event) => change({ name: event.target.value })} />
        <label htmlFor="phone">{t('portal.contact_phone')}</label>
        <input id="phone" type="tel" autoComplete="tel" value={draft.phone} onChange={(event) => change({ phone: event.target.value })} />
      </details>
      {problem !== null && <p className="fault" role="alert">{problemWords(words, problem)}</p>}
      <button type="submit" className="button" disabled={isSending || uploads.isBusy}>{t(uploads.isBusy ? 'portal.uploading' : isSending ? 'portal.sending' : 'portal.send')}</button>
    </form>
  )
}
