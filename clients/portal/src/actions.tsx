// What a reporter may do besides confirming: judge, take the report back, say that it is not repaired after all.
import { problemWords } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { CircleCheck, Star } from 'lucide-react'
import { useState } from 'react'
import type { GuestVerb, ProgressAnswer } from './data'

export type Act = (verb: GuestVerb, body: object) => Promise<void>

/** Sends one verb, keeps what went wrong. */
export function useSending(act: Act): { send: (verb: GuestVerb, body: object) => Promise<boolean>; fault: string | null; isSending: boolean } {
  const { words } = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  async function send(verb: GuestVerb, body: object): Promise<boolean> {
    setSending(true)
    setFault(null)
    try {
      await act(verb, body)
      return true
    } catch (error) {
      setFault(problemWords(words, error))
      return false
    } finally {
      setSending(false)
    }
  }

  return { send, fault, isSending }
}

const STARS = [1, 2, 3, 4, 5]

function Stars({ value, onChange }: { value: number; onChange: (stars: number) => void }) {
  const { t } = useWords()
  return (
    <div className="stars" role="radiogroup" aria-label={t('portal.rate_title')}>
      {STARS.map((stars) => (
        <button key={stars} type="button" role="radio" aria-checked={value === stars} aria-label={t('portal.stars', { stars })} data-on={stars <= value} onClick={() => onChange(stars)}>
          <Star size={30} aria-hidden />
        </button>
      ))}
    </div>
  )
}

const GOOD = ['portal.chip.quick', 'portal.chip.friendly', 'portal.chip.clean', 'portal.chip.explained']
const BAD = ['portal.chip.late', 'portal.chip.not_fixed', 'portal.chip.unfriendly', 'portal.chip.dirty']

function Chips({ stars, chosen, onChange }: { stars: number; chosen: string[]; onChange: (keys: string[]) => void }) {
  const { t } = useWords()
  const offered = stars < 3 ? BAD : GOOD
  return (
    <div className="chips" role="group" aria-label={t('portal.rate_title')}>
      {offered.map((key) => <button key={key} type="button" className="chip" aria-pressed={chosen.includes(key)} onClick={() => onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}>{t(key)}</button>)}
    </div>
  )
}

export function Rate({ act, rating }: { act: Act; rating: ProgressAnswer['rating'] }) {
  const { t, words } = useWords()
  const { send, fault, isSending } = useSending(act)
  const [stars, setStars] = useState(rating?.stars ?? 0)
  const [text, setText] = useState(rating?.text ?? '')
  const [chips, setChips] = useState<string[]>([])
  const [isAgain, setAgain] = useState(false)
  if (rating && !isAgain) {
    return (
      <section className="card rated" role="status">
        <p><CircleCheck size={18} aria-hidden /> {t('portal.rated')} <span className="rated-stars" aria-label={t('portal.stars', { stars: rating.stars })}>{'★'.repeat(rating.stars)}{'☆'.repeat(5 - rating.stars)}</span></p>
        <button type="button" className="link-button" onClick={() => setAgain(true)}>{t('portal.rate_again')}</button>
      </section>
    )
  }
  return (
    <section className="card confirm">
      <h2>{t('portal.rate_title')}</h2>
      <Stars value={stars} onChange={setStars} />
      {stars > 0 && (
        <>
          <Chips stars={stars} chosen={chips} onChange={setChips} />
          <label htmlFor="rating">{t(stars < 3 ? 'portal.rate_why_low' : 'portal.rate_why')} <span className="soft">{t('kit.optional')}</span></label>
          <textarea id="rating" rows={2} value={text} onChange={(event) => setText(event.target.value)} />
          {fault && <p className="fault" role="alert">{fault}</p>}
          <button type="button" className="button" disabled={isSending} onClick={() => void send('rate', { stars, text: [...chips.filter((chip) => (stars < 3 ? BAD : GOOD).includes(chip)).map((chip) => t(chip)), text.trim()].filter(Boolean).join(words.list) }).then((isDone) => setAgain(!isDone))}>{t('portal.rate')}</button>
        </>
      )}
    </section>
  )
}

interface AskProps {
  act: Act
  verb: GuestVerb
  /** What opens it, what it asks, what sends it. */
  words: { open: string; ask: string; send: string }
  isNeeded: boolean
}

/** A verb that is not for every day: a quiet link that opens into a question. */
function Ask({ act, verb, words, isNeeded }: AskProps) {
  const { t } = useWords()
  const { send, fault, isSending } = useSending(act)
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  if (!isOpen) return <button type="button" className="link-button quiet-link" onClick={() => setOpen(true)}>{t(words.open)}</button>
  return (
    <section className="card confirm">
      <label htmlFor={`ask-${verb}`}>{t(words.ask)} {!isNeeded && <span className="soft">{t('kit.optional')}</span>}</label>
      <textarea id={`ask-${verb}`} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="button" className="button" disabled={isSending || (isNeeded && !reason.trim())} onClick={() => void send(verb, { reason: reason.trim() })}>{t(words.send)}</button>
      <button type="button" className="link-button" onClick={() => setOpen(false)}>{t('kit.cancel')}</button>
    </section>
  )
}

export const Reopen = ({ act }: { act: Act }) => <Ask act={act} verb="reopen" isNeeded words={{ open: 'portal.reopen_open', ask: 'portal.why_not', send: 'portal.reopen' }} />
export const Cancel = ({ act }: { act: Act }) => <Ask act={act} verb="cancel" isNeeded={false} words={{ open: 'portal.cancel_open', ask: 'portal.cancel_ask', send: 'portal.cancel' }} />
