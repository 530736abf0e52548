// Sign-in: two fields, no puzzle.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords, signIn, type Second } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import { allWords, useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { Preferences } from './preferences'

const SecondForm = lazy(async () => (await Promise.all([import('../security/second'), allWords()]))[0])

export default function SignIn() {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { to } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [second, setSecond] = useState<Second | null>(null)

  async function enter(): Promise<void> {
    queries.clear()
    await navigate({ to: to ?? '/' })
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const opened = await signIn(api, email, password)
      setSecond(opened.second)
      if (!opened.second) await enter()
      else setBusy(false)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <div className="sign-in">
      <main className="sign-in-card">
        <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width="40" height="40" />
        <h1>{t('sign_in.title')}</h1>
        <p className="muted">{t('sign_in.claim')}</p>
        {second ? <Suspense><SecondForm api={api} second={second} onDone={enter} onAgain={() => setSecond(null)} /></Suspense> : <form onSubmit={(event) => void submit(event)}>
          {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem)}</div>}
          <label htmlFor="email">{t('sign_in.email')}</label>
          <Input id="email" type="email" size="large" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
          <label htmlFor="password">{t('sign_in.password')}</label>
          <Input.Password id="password" size="large" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
          <Button type="primary" size="large" htmlType="submit" block loading={isBusy}>{t('sign_in.submit')}</Button>
        </form>}
      </main>
      <Preferences />
    </div>
  )
}
