// The way in: an address and a password, or a colleague's invitation.
import { problemWords, signIn, type Second } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { api } from '../carrying'
import { useAnswer } from '../data'

const SecondStep = lazy(() => import('@trunnion/kit/second'))

function useSubmit(send: (form: FormData) => Promise<void>): { submit: (event: FormEvent<HTMLFormElement>) => void; fault: string | null; isSending: boolean } {
  const { words } = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  async function work(form: FormData): Promise<void> {
    setSending(true)
    setFault(null)
    try {
      await send(form)
    } catch (error) {
      setFault(problemWords(words, error))
    } finally {
      setSending(false)
    }
  }

  return { submit: (event) => { event.preventDefault(); void work(new FormData(event.currentTarget)) }, fault, isSending }
}

export function SignIn({ onDone }: { onDone: () => void }) {
  const { t } = useWords()
  const [second, setSecond] = useState<Second | null>(null)
  const { submit, fault, isSending } = useSubmit(async (form) => {
    const opened = await signIn(api, String(form.get('email')), String(form.get('password')))
    setSecond(opened.second)
    if (!opened.second) onDone()
  })
  if (second) return <Suspense><SecondStep className="report-form narrow" api={api} second={second} onDone={onDone} onAgain={() => setSecond(null)} /></Suspense>
  return (
    <form className="report-form narrow" onSubmit={submit}>
      <h1>{t('portal.own.sign_in_title')}</h1>
      <p className="soft">{t('portal.own.sign_in_text')}</p>
      <label htmlFor="email">{t('portal.own.email')}</label>
      <input id="email" name="email" type="email" autoComplete="username" required />
      <label htmlFor="password">{t('portal.own.password')}</label>
      <input id="password" name="password" type="password" autoComplete="current-password" required />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button" disabled={isSending}>{t('portal.own.sign_in')}</button>
    </form>
  )
}

interface Offer {
  organisation: string
  name: string
  email: string
}

export function Join({ token }: { token: string }) {
  const { t, language } = useWords()
  const { data, error } = useAnswer<Offer>(api, `identity/join/${token}`)
  const { submit, fault, isSending } = useSubmit(async (form) => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
    await api.post(`identity/join/${token}`, { name: form.get('name'), email: form.get('email'), password: form.get('password'), language, zone })
    location.assign('/portal/')
  })
  if (error) return <Failed error={error} />
  if (!data) return <Loading />
  return (
    <form className="report-form narrow" onSubmit={submit}>
      <h1>{t('portal.own.join_title', { organisation: data.organisation })}</h1>
      <label htmlFor="name">{t('portal.your_name')}</label>
      <input id="name" name="name" autoComplete="name" defaultValue={data.name} required />
      <label htmlFor="email">{t('portal.own.email')}</label>
      <input id="email" name="email" type="email" autoComplete="username" defaultValue={data.email} readOnly={Boolean(data.email)} required />
      <label htmlFor="password">{t('portal.own.new_password')}</label>
      <input id="password" name="password" type="password" autoComplete="new-password" required />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button" disabled={isSending}>{t('portal.own.join')}</button>
    </form>
  )
}
