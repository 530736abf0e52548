// One's colleagues at the same customer: invite one by a link, close the door for one.
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { UserRound } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { api } from '../carrying'
import { useAnswer } from '../data'
import type { ColleaguesAnswer } from './data'

interface Made {
  name: string
  link: string
  picture: string
}

function Invite({ onDone }: { onDone: () => void }) {
  const { t, words, language } = useWords()
  const [made, setMade] = useState<Made | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  async function invite(form: HTMLFormElement): Promise<void> {
    const facts = new FormData(form)
    setFault(null)
    try {
      setMade((await api.act('identity/colleagues/invite', { name: facts.get('name'), email: facts.get('email'), language })) as unknown as Made)
      form.reset()
      onDone()
    } catch (error) {
      setFault(problemWords(words, error))
    }
  }

  return (
    <section className="card confirm">
      <h2>{t('portal.own.invite_title')}</h2>
      <form className="confirm" onSubmit={(event: FormEvent<HTMLFormElement>) => { event.preventDefault(); void invite(event.currentTarget) }}>
        <label htmlFor="name">{t('portal.contact_name')}</label>
        <input id="name" name="name" required autoComplete="off" />
        <label htmlFor="email">{t('portal.own.email')}</label>
        <input id="email" name="email" type="email" required autoComplete="off" />
        {fault && <p className="fault" role="alert">{fault}</p>}
        <button type="submit" className="button">{t('portal.own.invite')}</button>
      </form>
      {made && (
        <div className="invited" role="status">
          <p>{t('portal.own.invited', { name: made.name })}</p>
          <img src={made.picture} alt={t('portal.own.invite_code')} width="148" height="148" />
          <input readOnly aria-label={t('portal.own.invite_link')} value={made.link} onFocus={(event) => event.currentTarget.select()} />
        </div>
      )}
    </section>
  )
}

export function Colleagues() {
  const { t, words, formats } = useWords()
  const { data, error, reload } = useAnswer<ColleaguesAnswer>(api, 'identity/colleagues')
  const [asked, setAsked] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  if (error) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />

  async function act(path: string): Promise<void> {
    setFault(null)
    try {
      await api.act(`identity/colleagues/${path}`, {})
    } catch (refused) {
      setFault(problemWords(words, refused))
    }
    setAsked(null)
    reload()
  }

  return (
    <div className="own-columns">
      <section className="card">
        <h1>{t('portal.own.colleagues')}</h1>
        {fault && <p className="fault" role="alert">{fault}</p>}
        <ul className="rows">
          {data.rows.map((row) => (
            <li key={row.id} className="row">
              <UserRound size={18} aria-hidden />
              <span className="row-main"><strong>{row.name}{row.is_me && ` (${t('portal.me')})`}</strong><span className="soft">{row.email}</span></span>
              {!row.is_active && <span className="state" data-over>{t('portal.own.closed_out')}</span>}
              {row.is_active && !row.is_me && (asked === row.id
                ? <button type="button" className="link-button bad" onClick={() => void act(`${row.id}/deactivate`)}>{t('portal.own.really')}</button>
                : <button type="button" className="link-button" onClick={() => setAsked(row.id)}>{t('portal.own.close_out')}</button>)}
            </li>
          ))}
          {data.invited.map((row) => (
            <li key={row.id} className="row">
              <UserRound size={18} aria-hidden />
              <span className="row-main"><strong>{row.name}</strong><span className="soft">{t('portal.own.waits_until', { on: formats.date(row.expires_at.slice(0, 10)) })}</span></span>
              <button type="button" className="link-button" onClick={() => void act(`invitations/${row.id}/revoke`)}>{t('portal.own.take_back')}</button>
            </li>
          ))}
        </ul>
      </section>
      <Invite onDone={reload} />
    </div>
  )
}
