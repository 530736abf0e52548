// The talk on the order, for colleagues or for whoever reported, in words or by voice.
import { fileUrl } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { Mic, SendHorizontal, Square, Volume2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Order } from '../work/types'
import { comment } from '../work/verbs'
import { Fault, useAct, useField } from './context'

const SECOND = 1_000
const ENDINGS: [string, string][] = [['audio/mp4', 'm4a'], ['audio/ogg', 'ogg']]

interface Recording { file: Blob; name: string; seconds: number }

/** Null while it does not record. */
function useRecorder(onDone: (recording: Recording) => void): { isOn: boolean; toggle: () => Promise<void>; isRefused: boolean } {
  const recorder = useRef<MediaRecorder | null>(null)
  const [isOn, setOn] = useState(false)
  const [isRefused, setRefused] = useState(false)
  async function begin(): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    const made = new MediaRecorder(stream)
    const parts: Blob[] = []
    const began = Date.now()
    made.ondataavailable = ({ data }) => parts.push(data)
    made.onstop = () => {
      for (const track of stream.getTracks()) track.stop()
      const ending = ENDINGS.find(([type]) => made.mimeType.startsWith(type))?.[1] ?? 'webm'
      onDone({ file: new Blob(parts, { type: made.mimeType }), name: `voice-${new Date(began).toISOString().slice(0, 19).replaceAll(':', '')}.${ending}`, seconds: Math.max(1, Math.round((Date.now() - began) / SECOND)) })
    }
    made.start()
    recorder.current = made
  }
  async function toggle(): Promise<void> {
    if (isOn) recorder.current?.stop()
    else {
      try {
        await begin()
        setRefused(false)
      } catch {
        setRefused(true)
        return
      }
    }
    setOn(!isOn)
  }
  return { isOn, toggle, isRefused }
}

function Lines({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const { field } = useField()
  const recordings = order.files.filter((file) => /^(audio|video)\//.test(file.media_type) && !file.isLocal)
  return (
    <ul className="stack">
      {order.comments.filter((one) => !one.removed_at).map((one) => (
        <li key={one.id} className="said" data-internal={one.is_internal}>
          <span className="soft">{one.author_name || field.me.user.name} · {formats.dateTime(one.created_at)}{one.is_internal ? ` · ${t('job.internal')}` : ''}</span>
          <span className="prose">{one.text}</span>
        </li>
      ))}
      {recordings.map((file) => <li key={file.file_id}><a className="fact" href={fileUrl(file.file_id)} target="_blank" rel="noreferrer"><Volume2 size={18} aria-hidden /> {file.name}</a></li>)}
    </ul>
  )
}

export function Talk({ order }: { order: Order }) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const [text, setText] = useState('')
  const [isInternal, setInternal] = useState(true)
  const voice = useRecorder(({ file, name, seconds }) => void act(comment(order, t('job.voice_said', { seconds }), isInternal, { file, name })))
  const say = async (): Promise<void> => {
    if (await act(comment(order, text.trim(), isInternal))) setText('')
  }
  const canRecord = typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined
  return (
    <section className="card">
      <h2>{t('job.talk')}</h2>
      <Lines order={order} />
      <textarea rows={2} aria-label={t('job.message')} placeholder={t('job.message')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="line">
        <label className="switch"><input type="checkbox" checked={isInternal} onChange={(event) => setInternal(event.currentTarget.checked)} /> {t('job.only_colleagues')}</label>
        {canRecord && <button type="button" className="icon-button round" data-on={voice.isOn} aria-label={t(voice.isOn ? 'job.voice_stop' : 'job.voice_start')} onClick={() => void voice.toggle()}>{voice.isOn ? <Square size={20} /> : <Mic size={20} />}</button>}
        <button type="button" className="icon-button round accent" aria-label={t('job.send')} disabled={!text.trim()} onClick={() => void say()}><SendHorizontal size={20} /></button>
      </div>
      {voice.isRefused && <Fault text={t('job.voice_refused')} />}
      <Fault text={fault} />
    </section>
  )
}
