// API tokens of one's own: made for a program, shown once, ended at once.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Intentions, problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Dialog, PageShell, Section, useApi, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useId, useRef, useState, type FormEvent } from 'react'
import { useMe } from '../session'
import { Secret } from '../records/secret'
import { GrantPicker, grantName } from './grants'

const TOKENS = 'identity/tokens'
const TOKEN = 'identity.token'
const LIVES = [7, 30, 90, 180, 366]

interface Token {
  id: string
  version: number
  name: string
  prefix: string
  permissions: string[]
  created_at: string
  expires_at: string
  revoked_at: string | null
  used_at: string | null
}

function Shown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords()
  return (
    <Dialog title={t('tokens.made')} onClose={onClose} foot={<Button type="primary" onClick={onClose}>{t('tokens.kept')}</Button>}>
      <p className="dialog-intro">{t('tokens.shown_once')}</p>
      <Secret value={secret} label={t('kind.identity.token')} copied={t('tokens.copied')} />
    </Dialog>
  )
}

function NewToken({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const form = useId()
  const grants = useMe()?.grants ?? []
  const intentions = useRef(new Intentions())
  const [name, setName] = useState('')
  const [days, setDays] = useState(90)
  const [permissions, setPermissions] = useState<string[]>([])
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function issue(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    try {
      const facts = { name: name.trim(), days, permissions }
      const made = await api.act(`${TOKENS}/issue`, facts, intentions.current.keyOf(facts))
      onMade((made as unknown as { token: string }).token)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" htmlType="submit" form={form} loading={isBusy} disabled={!name.trim() || permissions.length === 0}>{t('verb.identity.token.issue')}</Button>
    </>
  )
  return (
    <Dialog title={t('tokens.new')} onClose={onClose} foot={foot}>
      <form id={form} className="stacked" onSubmit={(event) => void issue(event)}>
        {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem)}</div>}
        <label htmlFor={`${form}-name`}>{t('tokens.name')}</label>
        <Input id={`${form}-name`} value={name} placeholder={t('tokens.name_example')} onChange={(event) => setName(event.target.value)} />
        <label htmlFor={`${form}-days`}>{t('tokens.life')}</label>
        <Select id={`${form}-days`} aria-label={t('tokens.life')} value={days} onChange={setDays} options={LIVES.map((one) => ({ value: one, label: t('tokens.days', { count: one }) }))} />
        <span className="label-like">{t('tokens.may')}</span>
        <GrantPicker label={t('tokens.may')} offered={grants} value={permissions} onChange={setPermissions} />
      </form>
    </Dialog>
  )
}

function TokenRow({ token, now }: { token: Token; now: number }) {
  const { t, words, formats } = useWords()
  const isOver = token.revoked_at !== null || new Date(token.expires_at).getTime() < now
  const names = token.permissions.map((one) => (words.has(`permission.${one}`) || words.has(`verb.${one}`) ? grantName(one, words) : one))
  const until = token.revoked_at ? t('tokens.revoked', { time: formats.date(token.revoked_at) }) : t(isOver ? 'tokens.expired' : 'tokens.until', { time: formats.date(token.expires_at) })
  return (
    <li className="token" data-over={isOver || undefined}>
      <div>
        <p className="row-title">{token.name} <code>{token.prefix}…</code></p>
        <p className="row-sub-wrap">{names.slice(0, 6).join(words.list)}{names.length > 6 && ` ${t('tokens.and_more', { count: names.length - 6 })}`}</p>
        <p className="muted">{until} · {token.used_at ? t('tokens.used', { time: formats.ago(token.used_at) }) : t('tokens.never_used')}</p>
      </div>
      {!isOver && <VerbBar isEven target={{ kind: TOKEN, id: token.id, path: TOKENS }} actions={['revoke']} specs={{ revoke: { rank: 1, fields: [], intro_key: 'tokens.revoke_intro', isDanger: true } }} />}
    </li>
  )
}

export default function Tokens() {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const [isAdding, setAdding] = useState(false)
  const [secret, setSecret] = useState('')
  const query = useQuery({ queryKey: ['list', TOKENS], queryFn: () => api.get<{ rows: Token[] }>(TOKENS) })
  const rows = query.data?.rows
  const add = <Button type="primary" icon={<Plus size={16} />} onClick={() => setAdding(true)}>{t('tokens.new')}</Button>
  return (
    <PageShell title={t('nav.tokens')} over={t('tokens.intro')} actions={rows?.length ? add : null}>
      {query.error ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : !rows ? <Loading lines={5} /> : rows.length === 0 ? (
        <Empty title={t('tokens.none')} text={t('tokens.none_text')} action={add} />
      ) : (
        <div className="narrow-wide"><Section isBare><ul className="rows">{rows.map((token) => <TokenRow key={token.id} token={token} now={query.dataUpdatedAt} />)}</ul></Section></div>
      )}
      {isAdding && (
        <NewToken
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false)
            setSecret(made)
            void queries.invalidateQueries({ queryKey: ['list', TOKENS] })
          }}
        />
      )}
      {secret && <Shown secret={secret} onClose={() => setSecret('')} />}
    </PageShell>
  )
}
