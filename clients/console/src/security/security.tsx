// One's own way in: the password, the second factors, the recovery codes.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { clearDrafts, Dialog, PageShell, Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { KeyRound, ShieldAlert, Smartphone } from 'lucide-react'
import { useId, useState } from 'react'
import { useMe } from '../session'
import { AddApp, AddPasskey } from './app'
import { AskPassword } from './ask'
import './security.css'

const OWN = 'identity/me/factors'

interface Factor { id: string; way: 'totp' | 'passkey'; name: string; confirmed_at: string; used_at: string | null }
interface Own { rows: Factor[]; codes_left: number; is_needed: boolean; offers_passkeys: boolean }
type Asked = { kind: 'app' | 'passkey' | 'codes' | 'password' | 'remove'; factor?: Factor } | null

function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Dialog title={t('security.codes_title')} onClose={onClose} foot={<Button type="primary" onClick={onClose}>{t('security.codes_kept')}</Button>}>
      <p className="dialog-intro">{t('security.codes_text')}</p>
      <ol className="recovery-codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
    </Dialog>
  )
}

function FactorRow({ factor, onRemove }: { factor: Factor; onRemove: () => void }) {
  const { t, formats } = useWords()
  const Icon = factor.way === 'totp' ? Smartphone : KeyRound
  return (
    <li className="factor">
      <Icon size={18} aria-hidden />
      <div>
        <p className="row-title">{factor.name}</p>
        <p className="row-sub-wrap">{t(`choice.identity.factor.way.${factor.way}`)} · {t('security.since', { time: formats.date(factor.confirmed_at) })}{factor.used_at && ` · ${t('security.used', { time: formats.ago(factor.used_at) })}`}</p>
      </div>
      <Button onClick={onRemove}>{t('security.remove')}</Button>
    </li>
  )
}

function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const form = useId()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [next, setNext] = useState('')
  return (
    <AskPassword
      title={t('security.change_password')}
      intro={t('security.change_password_text')}
      submit={t('security.change')}
      onClose={onClose}
      onSend={async (password) => {
        await api.post('identity/me/password', { current: password, new: next })
        queries.clear()
        clearDrafts()
        await navigate({ to: '/sign-in', search: {} })
      }}
    >
      <label htmlFor={`${form}-next`}>{t('security.new_password')}</label>
      <Input.Password id={`${form}-next`} autoComplete="new-password" required minLength={8} value={next} onChange={(event) => setNext(event.target.value)} />
    </AskPassword>
  )
}

function Asking({ asked, onCodes, onClose }: { asked: Exclude<Asked, null>; onCodes: (codes: string[]) => void; onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  if (asked.kind === 'app') return <AddApp onDone={onCodes} onClose={onClose} />
  if (asked.kind === 'passkey') return <AddPasskey onDone={onCodes} onClose={onClose} />
  if (asked.kind === 'password') return <ChangePassword onClose={onClose} />
  if (asked.kind === 'codes') {
    return <AskPassword title={t('security.renew')} intro={t('security.renew_text')} submit={t('security.renew')} onClose={onClose} onSend={async (password) => onCodes((await api.post<{ codes: string[] }>(`${OWN}/renew_codes`, { password })).codes)} />
  }
  const { factor } = asked
  if (!factor) return null
  return <AskPassword title={t('security.remove_title', { name: factor.name })} intro={t('security.remove_text')} submit={t('security.remove')} isDanger onClose={onClose} onSend={async (password) => { await api.post(`${OWN}/${factor.id}/remove`, { password }); onCodes([]) }} />
}

function Factors({ own, onAsk }: { own: Own; onAsk: (asked: Asked) => void }) {
  const { t, formats } = useWords()
  const canKey = own.offers_passkeys && typeof PublicKeyCredential !== 'undefined'
  return (
    <>
      <Section title={t('security.factors')} isBare>
        {own.rows.length > 0 && <ul className="rows">{own.rows.map((one) => <FactorRow key={one.id} factor={one} onRemove={() => onAsk({ kind: 'remove', factor: one })} />)}</ul>}
        <div className="factor-foot">
          {own.rows.length === 0 && <p className="muted">{t('security.none')}</p>}
          <p className="factor-actions">
            <Button type={own.rows.length ? 'default' : 'primary'} icon={<Smartphone size={15} />} onClick={() => onAsk({ kind: 'app' })}>{t('security.add_app')}</Button>
            {canKey && <Button icon={<KeyRound size={15} />} onClick={() => onAsk({ kind: 'passkey' })}>{t('security.add_passkey')}</Button>}
          </p>
          {!canKey && <p className="muted">{t('security.no_passkeys')}</p>}
        </div>
      </Section>
      {own.rows.length > 0 && (
        <Section title={t('security.codes')} extra={<Button onClick={() => onAsk({ kind: 'codes' })}>{t('security.renew')}</Button>}>
          <p>{t('security.codes_left', { count: formats.number(own.codes_left) })}</p>
        </Section>
      )}
    </>
  )
}

export default function SecurityPage() {
  const { t } = useWords()
  const api = useApi()
  const me = useMe()
  const toasts = useToasts()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Asked>(null)
  const [codes, setCodes] = useState<string[]>([])
  const query = useQuery({ queryKey: ['factors'], queryFn: () => api.get<Own>(OWN) })
  const own = query.data

  async function done(fresh: string[]): Promise<void> {
    setAsked(null)
    setCodes(fresh)
    if (!fresh.length) toasts.good(t('security.saved'))
    await Promise.all([queries.invalidateQueries({ queryKey: ['factors'] }), queries.invalidateQueries({ queryKey: ['me'] })])
  }

  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!own) return <Loading />
  return (
    <PageShell title={t('security.title')} over={me?.user.email}>
      <div className="narrow">
        {me?.awaits_factor && <div className="banner" role="status"><ShieldAlert size={18} aria-hidden /><div><strong>{t('security.needed')}</strong><span className="banner-text">{t('security.needed_text')}</span></div></div>}
        <Factors own={own} onAsk={setAsked} />
        <Section title={t('sign_in.password')} extra={<Button onClick={() => setAsked({ kind: 'password' })}>{t('security.change')}</Button>}>
          <p className="muted">{t('security.password_text')}</p>
        </Section>
      </div>
      {asked && <Asking asked={asked} onCodes={(fresh) => void done(fresh)} onClose={() => setAsked(null)} />}
      {codes.length > 0 && <Codes codes={codes} onClose={() => setCodes([])} />}
    </PageShell>
  )
}
