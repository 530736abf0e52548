// The talk between reporter and house: messages, one more photo, and asking for it sooner.
import { useWords } from '@trunnion/kit/words'
import { BellRing } from 'lucide-react'
import { useState } from 'react'
import { useSending, type Act } from './actions'
import { carrier, useCarried } from './carrying'
import type { Case, ProgressAnswer } from './data'
import { Pick } from './pick'

function Lines({ messages }: { messages: ProgressAnswer['messages'] }) {
  const { t, formats } = useWords()
  return (
    <ul className="talk">
      {messages.map((one) => (
        <li key={`${one.at}${one.text}`} data-mine={one.is_mine}>
          <p className="soft">{one.is_mine ? t('portal.me') : (one.name ?? t('portal.desk'))} · {formats.dateTime(one.at)}</p>
          <p className="said">{one.text}</p>
        </li>
      ))}
    </ul>
  )
}

function Write({ of, act }: { of: Case; act: Act }) {
  const { t } = useWords()
  const { send, fault, isSending } = useSending(act)
  const [text, setText] = useState('')
  const group = `talk:${of.group}`
  const items = useCarried(group).filter((item) => !item.isSent)
  const isBlank = !text.trim() && !items.some((item) => !item.error)

  async function say(): Promise<void> {
    const upload_ids = await carrier().announced(group)
    if (!(await send('message', { text: text.trim(), upload_ids }))) return
    await carrier().sent(group, of.group)
    setText('')
  }

  return (
    <>
      <textarea rows={2} aria-label={t('portal.message')} placeholder={t('portal.message_placeholder')} value={text} onChange={(event) => setText(event.target.value)} />
      <Pick group={group} base={of.uploads} items={items} isSmall />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="button" className="button button-quiet" disabled={isSending || isBlank} onClick={() => void say()}>{t('portal.message')}</button>
    </>
  )
}

function Urge({ act, urgedAt }: { act: Act; urgedAt: string | null }) {
  const { t, formats } = useWords()
  const { send, fault, isSending } = useSending(act)
  return (
    <>
      <button type="button" className="button button-quiet" disabled={isSending} onClick={() => void send('urge', {})}><span className="with-icon"><BellRing size={18} aria-hidden /> {t('portal.urge')}</span></button>
      {urgedAt && !fault && <p className="soft" role="status">{t('portal.urged', { time: formats.ago(urgedAt) })}</p>}
      {fault && <p className="fault" role="alert">{fault}</p>}
    </>
  )
}

export function Talk({ of, answer, act }: { of: Case; answer: ProgressAnswer; act: Act }) {
  const { t } = useWords()
  const mayWrite = answer.actions.includes('message')
  const mayUrge = answer.actions.includes('urge')
  if (!answer.messages.length && !mayWrite && !mayUrge) return null
  return (
    <section className="card confirm">
      <h2>{t('portal.talk')}</h2>
      {answer.messages.length > 0 && <Lines messages={answer.messages} />}
      {mayWrite && <Write of={of} act={act} />}
      {mayUrge && <Urge act={act} urgedAt={answer.urged_at} />}
    </section>
  )
}
