// Speaking instead of typing, where the browser understands speech; elsewhere there is no button.
import { useWords } from '@trunnion/kit/words'
import { Mic, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

interface Heard {
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>
  resultIndex: number
}

interface Listener {
  lang: string
  continuous: boolean
  interimResults: boolean
  onresult: ((event: Heard) => void) | null
  onend: (() => void) | null
  onerror: (() => void) | null
  start: () => void
  stop: () => void
}

type Makes = new () => Listener

function listenerOf(): Makes | null {
  const known = globalThis as unknown as { SpeechRecognition?: Makes; webkitSpeechRecognition?: Makes }
  return known.SpeechRecognition ?? known.webkitSpeechRecognition ?? null
}

export function Voice({ onText }: { onText: (text: string) => void }) {
  const { t, language } = useWords()
  const [isOn, setOn] = useState(false)
  const listener = useRef<Listener | null>(null)
  const tell = useRef(onText)
  useEffect(() => { tell.current = onText }, [onText])
  useEffect(() => () => listener.current?.stop(), [])
  const Made = listenerOf()
  if (!Made) return null

  function toggle(Makes: Makes): void {
    if (isOn) return listener.current?.stop()
    const made = new Makes()
    made.lang = language
    made.continuous = true
    made.interimResults = false
    made.onresult = ({ results, resultIndex }) => {
      for (let i = resultIndex; i < results.length; i += 1) if (results[i]!.isFinal) tell.current(results[i]![0]!.transcript.trim())
    }
    made.onend = () => setOn(false)
    made.onerror = () => setOn(false)
    listener.current = made
    made.start()
    setOn(true)
  }

  return (
    <button type="button" className="voice" data-on={isOn} aria-pressed={isOn} onClick={() => toggle(Made)}>
      {isOn ? <Square size={18} aria-hidden /> : <Mic size={18} aria-hidden />} {t(isOn ? 'portal.voice_stop' : 'portal.voice')}
    </button>
  )
}
