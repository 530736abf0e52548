// The talk between reporter and house: messages, one more photo, and asking for it sooner.
import type { Api } from '@trunnion/kit/api'
import { FileDrop, useUploads } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { BellRing } from 'lucide-react'
import { useState } from 'react'
import { useSending, type Act } from './actions'
import type { ProgressAnswer } from './data'

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

function Write({ api, token, act }: { api: Api; token: string; act: Act }) {
  const { t } = useWords()
  const { send, fault, isSending } = useSending(act)
  const [text, setText] = useState('')
  const uploads = useUploads((file, name, progress) => api.upload(`service/progress/${token}/files`, file, name, progress))
  const isBlank = !text.trim() && !uploads.fileIds.length

  async function say(): Promise<void> {
    if (!(await send('message', { text: text.trim(), file_ids: uploads.fileIds }))) return
    setText('')
    for (const item of uploads.items) uploads.remove(item.key)
  }

  return (
    <>
      <textarea rows={2} aria-label={t('portal.message')} placeholder={t('portal.message_placeholder')} value={text} onChange={(event) => setText(event.target.value)} />
      <FileDrop uploads={uploads} photosOnly label={t('portal.add_photo')} />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="button" className="button button-quiet" disabled={isSending || isBlank || uploads.isBusy} onClick={() => void say()}>{t('portal.message')}</button>
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

export function Talk({ api, token, answer, act }: { api: Api; token: string; answer: ProgressAnswer; act: Act }) {
  const { t } = useWords()
  const mayWrite = answer.actions.includes('message')
  const mayUrge = answer.actions.includes('urge')
  if (!answer.messages.length && !mayWrite && !mayUrge) return null
  return (
    <section className="card confirm">
      <h2>{t('portal.talk')}</h2>
      {answer.messages.length > 0 && <Lines messages={answer.messages} />}
      {mayWrite && <Write api={api} token={token} act={act} />}
      {mayUrge && <Urge act={act} urgedAt={answer.urged_at} />}
    </section>
  )
}
