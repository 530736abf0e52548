// Starts the engineer's app: words, then what is kept on this phone, then the day.
import 'virtual:theme.css'
import '@trunnion/kit/plain.css'
import './field.css'
import { Api, browserTransport, type Me as Person } from '@trunnion/kit/api'
import { askToPersist, cookieShare, Sessions, type Opened } from '@trunnion/kit/offline'
import { Loading, useThemeMode } from '@trunnion/kit/plain'
import { initialLanguage, loadWords, useWords, WordsProvider } from '@trunnion/kit/words'
import { useCallback, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { startWorker } from './worker-start'
import { Frame } from './frame'
import { FieldProvider } from './parts/context'
import { SignIn } from './screens/sign-in'
import { Field } from './work/field'

const api = new Api(browserTransport('field'))
const sessions = new Sessions(cookieShare('/field'), localStorage)

function App() {
  const { language, setZone } = useWords()
  const [field, setField] = useState<Field | null>(null)
  const [isAsking, setAsking] = useState(false)
  const opened = useRef<Opened | null>(null)
  const spoken = useRef(language)
  const hasBegun = useRef(false)
  useThemeMode()

  const leave = useCallback(async (end: (opened: Opened | null) => Promise<void>) => {
    setField((now) => { now?.close(); return null })
    await end(opened.current)
    opened.current = null
    setAsking(true)
  }, [])

  const enter = useCallback((kept: Opened, me: Person) => {
    opened.current = kept
    setZone(me.zone)
    const made = new Field(api, kept.store, me, () => void leave((one) => sessions.lock(one)))
    setField(made)
    setAsking(false)
    void askToPersist()
    void made.open(() => spoken.current)
  }, [leave, setZone])

  useEffect(() => { spoken.current = language }, [language])

  useEffect(() => {
    // Once, at the start: whoever signs in later enters by the form.
    if (hasBegun.current) return
    hasBegun.current = true
    void (async () => {
      const kept = await sessions.resume().catch(() => null)
      const me = await kept?.store.getRecord<Person>('me')
      if (kept && me) enter(kept, me)
      else setAsking(true)
    })()
  }, [enter])

  const signOut = (): Promise<void> => leave(async (kept) => {
    await api.post('identity/sign-out').catch(() => undefined)
    await sessions.wipe(kept)
  })

  if (field) return <FieldProvider field={field}><Frame onSignOut={signOut} /></FieldProvider>
  return isAsking ? <SignIn api={api} sessions={sessions} onOpen={enter} /> : <Loading lines={6} />
}

startWorker()
const root = document.getElementById('root')
if (root) {
  void loadWords(initialLanguage()).then((words) => createRoot(root).render(<WordsProvider initial={words}><App /></WordsProvider>))
}
