// The page behind an invitation: what it offers, and three fields to accept it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Loading } from '@trunnion/kit/plain'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useState, type FormEvent } from 'react'
import { Preferences } from '../shell/preferences'

interface Offer {
  organisation: string
  name: string
  email: string
  roles: string[]
}

function Accept({ offer, token }: { offer: Offer; token: string }) {
  const { t, words, language } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState(offer.name)
  const [email, setEmail] = useState(offer.email)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
      await api.post(`identity/join/${token}`, { name: name.trim(), email: email.trim(), password, language, zone })
      queries.clear()
      await navigate({ to: '/' })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <>
      <h1>{t('join.title', { organisation: offer.organisation })}</h1>
      <p className="muted">{t('join.as', { roles: offer.roles.join(words.list) })}</p>
      <form onSubmit={(event) => void submit(event)}>
        {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem)}</div>}
        <label htmlFor="name">{t('field.identity.invitation.name')}</label>
        <Input id="name" size="large" autoComplete="name" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
        <label htmlFor="email">{t('sign_in.email')}</label>
        <Input id="email" type="email" size="large" autoComplete="username" required readOnly={offer.email !== ''} value={email} onChange={(event) => setEmail(event.target.value)} />
        <label htmlFor="password">{t('join.password')}</label>
        <Input.Password id="password" size="large" autoComplete="new-password" required minLength={8} value={password} onChange={(event) => setPassword(event.target.value)} />
        <Button type="primary" size="large" htmlType="submit" block loading={isBusy}>{t('join.submit')}</Button>
      </form>
    </>
  )
}

export default function Join() {
  const { t } = useWords()
  const api = useApi()
  const { token } = useParams({ from: '/join/$token' })
  const query = useQuery({ queryKey: ['join', token], queryFn: () => api.get<Offer>(`identity/join/${token}`), retry: false })
  return (
    <div className="sign-in">
      <main className="sign-in-card">
        <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width="40" height="40" />
        {query.error ? <><h1>{t('join.over')}</h1><p className="muted">{t('join.over_text')}</p></> : query.data ? <Accept offer={query.data} token={token} /> : <Loading lines={4} />}
      </main>
      <Preferences />
    </div>
  )
}
