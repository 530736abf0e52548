// Sign-in: two fields, no puzzle.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { Preferences } from './preferences'

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

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await api.post('identity/sign-in', { email: email.trim(), password })
      queries.clear()
      await navigate({ to: to ?? '/' })
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
        <form onSubmit={(event) => void submit(event)}>
          {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem)}</div>}
          <label htmlFor="email">{t('sign_in.email')}</label>
          <Input id="email" type="email" size="large" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
          <label htmlFor="password">{t('sign_in.password')}</label>
          <Input.Password id="password" size="large" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
          <Button type="primary" size="large" htmlType="submit" block loading={isBusy}>{t('sign_in.submit')}</Button>
        </form>
      </main>
      <Preferences />
    </div>
  )
}
