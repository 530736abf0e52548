// API tokens of one's own: made for a program, shown once, ended at once.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Dialog, DraftDialog, PageShell, Section, useApi, useSending, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
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
  const { t } = useWords()
  const api = useApi()
  const grants = useMe()?.grants ?? []
  const sending = useSending({
    initial: { name: '', days: 90, permissions: [] as string[] },
    send: async (typed, keyOf) => {
      const facts = { ...typed, name: typed.name.trim() }
      const made = await api.act(`${TOKENS}/issue`, facts, keyOf(facts))
      onMade((made as unknown as { token: string }).token)
    },
    onClose,
  })
  const { draft, set, form } = sending
  return (
    <DraftDialog title={t('tokens.new')} label={t('verb.identity.token.issue')} kind={TOKEN} sending={sending} isReady={draft.name.trim() !== '' && draft.permissions.length > 0}>
      <label htmlFor={`${form}-name`}>{t('tokens.name')}</label>
      <Input id={`${form}-name`} value={draft.name} placeholder={t('tokens.name_example')} onChange={(event) => set({ name: event.target.value })} />
      <label htmlFor={`${form}-days`}>{t('tokens.life')}</label>
      <Select id={`${form}-days`} aria-label={t('tokens.life')} value={draft.days} onChange={(days) => set({ days })} options={LIVES.map((one) => ({ value: one, label: t('tokens.days', { count: one }) }))} />
      <span className="label-like">{t('tokens.may')}</span>
      <GrantPicker label={t('tokens.may')} offered={grants} value={draft.permissions} onChange={(permissions) => set({ permissions })} />
    </DraftDialog>
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
