// Signing in: the password opens the session at the server, and what this person keeps on the phone.
import { problemWords, signIn, Unreachable, type Api, type Me, type Second } from '@trunnion/kit/api'
import { FormerPassword, type Opened, type Sessions } from '@trunnion/kit/offline'
import { useWords } from '@trunnion/kit/words'
import { lazy, Suspense, useState, type FormEvent } from 'react'

const SecondStep = lazy(() => import('@trunnion/kit/second'))

interface SignInProps { api: Api; sessions: Sessions; onOpen: (opened: Opened, me: Me) => void }

/** Without a line the password still opens what lies here. */
async function unlocked(sessions: Sessions, password: string): Promise<{ opened: Opened; me: Me } | null> {
  const opened = await sessions.unlock(password)
  const me = await opened?.store.getRecord<Me>('me')
  return opened && me ? { opened, me } : null
}

export function SignIn({ api, sessions, onOpen }: SignInProps) {
  const { t, words, language, setLanguage } = useWords()
  const register = sessions.register()
  const [email, setEmail] = useState(register?.person.email ?? '')
  const [password, setPassword] = useState('')
  const [former, setFormer] = useState<{ count: number; text: string } | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [isSure, setSure] = useState(false)
  const [second, setSecond] = useState<Second | null>(null)
  const [mustEnrol, setMustEnrol] = useState(false)
  const other = language === 'en' ? 'zh-CN' : 'en'

  async function enter(): Promise<void> {
    const found = await signIn(api, email, password)
    setSecond(found.second)
    if (found.expires_at) await keep(found.expires_at)
  }
  async function keep(until: string): Promise<void> {
    const me = await api.get<Me>('identity/me')
    if (me.awaits_factor) return setMustEnrol(true)
    const opened = await sessions.open({ ...me.user, email: email.trim() }, password, until, former?.text || undefined)
    await opened.store.putRecord('me', me)
    onOpen(opened, me)
  }
  async function fail(error: unknown): Promise<void> {
    if (error instanceof FormerPassword) return setFormer({ count: error.count, text: '' })
    const kept = error instanceof Unreachable ? await unlocked(sessions, password) : null
    if (kept) return onOpen(kept.opened, kept.me)
    setFault(error instanceof Unreachable && register?.isRevoked ? t('phone.revoked') : problemWords(words, error))
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setFault(null)
    const others = isSure ? null : await sessions.unsentOfOthers(email)
    if (others) {
      setFault(t('phone.others_unsent', others))
      setSure(true)
    } else await enter().catch(fail)
    setBusy(false)
  }
  return (
    <main className="sign-in">
      <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width="48" height="48" />
      <h1>{t('phone.sign_in_title')}</h1>
      {register?.isRevoked && <p className="warn-box">{t('phone.revoked')}</p>}
      {mustEnrol && <p className="warn-box">{t('phone.must_enrol')} <a href="/app/security">{t('phone.enrol')}</a></p>}
      {second ? (
        <Suspense><SecondStep className="card" api={api} second={second} onDone={(done) => keep(done.expires_at ?? '').catch((error: unknown) => { setSecond(null); return fail(error) })} onAgain={() => setSecond(null)} /></Suspense>
      ) : <form className="card" onSubmit={(event) => void submit(event)}>
        <label htmlFor="email">{t('phone.email')}</label>
        <input id="email" type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <label htmlFor="password">{t('phone.password')}</label>
        <input id="password" type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {former && (
          <>
            <p className="warn-box">{t('phone.former', { count: former.count })}</p>
            <label htmlFor="former">{t('phone.former_password')}</label>
            <input id="former" type="password" autoComplete="off" value={former.text} onChange={(event) => setFormer({ ...former, text: event.currentTarget.value })} />
            <button type="button" className="link-button" onClick={() => void sessions.wipe().then(() => setFormer(null))}>{t('phone.former_give_up')}</button>
          </>
        )}
        {fault && <p className="fault" role="alert">{fault}</p>}
        <button type="submit" className="button big" disabled={isBusy}>{t('phone.sign_in')}</button>
      </form>}
      <button type="button" className="link-button" lang={other} onClick={() => void setLanguage(other)}>{t(`kit.language.${other}`)}</button>
    </main>
  )
}
