// What is still to be set up, ticked by the data itself; and every setting, found by a word of either language.
import './settings.css'
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { problemWords, uuid7 } from '@trunnion/kit/api'
import { Empty } from '@trunnion/kit/plain'
import { PageShell, Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { Check, Circle, RotateCcw, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { RowChange } from '../records/changes'
import type { Entry } from '../records/history'
import { useGrant, useMe } from '../session'
import type { NavItem } from '../shell/nav'
import { SETTINGS, settingsFor, type Setting } from './found'

interface Task {
  key: string
  to: NavItem['to']
  /** Done as soon as this list holds more rows than come with every organisation. */
  listing: string
  beyond: number
  minutes: number
  grant: string
}

const task = (key: string, to: NavItem['to'], listing: string, minutes: number, grant: string, beyond = 0): Task => ({ key, to, listing, minutes, grant, beyond })
const TASKS: Task[] = [
  task('places', '/locations', 'assets/locations', 3, 'assets.location.create'),
  task('assets', '/imports', 'assets/assets', 5, 'assets.asset.create'),
  task('people', '/people', 'identity/members', 3, 'identity.invitation.create', 1),
  task('teams', '/lists', 'workforce/teams', 2, 'workforce.team.create'),
  task('parties', '/imports', 'parties/parties', 3, 'parties.party.create'),
  task('fields', '/administration/fields', 'attach/custom_fields', 2, 'attach.custom_field.create'),
  task('labels', '/labels', 'attach/label_prints', 3, 'attach.label.print'),
  task('order', '/orders', 'work/orders', 1, 'work.order.create'),
]

function useDone(tasks: Task[]): (boolean | undefined)[] {
  const api = useApi()
  return useQueries({
    queries: tasks.map(({ listing, beyond }) => ({
      queryKey: ['list', listing, 'any', beyond],
      queryFn: async () => (await api.list(listing, { limit: beyond + 1 })).rows.length > beyond,
    })),
  }).map((answer) => answer.data)
}

function Tasks() {
  const { t } = useWords()
  const grants = useMe()?.grants ?? []
  const tasks = TASKS.filter((one) => grants.includes(one.grant))
  const done = useDone(tasks)
  const left = tasks.reduce((sum, one, at) => sum + (done[at] === false ? one.minutes : 0), 0)
  const count = done.filter(Boolean).length
  return (
    <Section isBare title={t('setup.tasks')} extra={<span className="muted" role="status">{t('setup.progress', { done: count, all: tasks.length })}{left > 0 && ` · ${t('setup.left', { minutes: left })}`}</span>}>
      <ul className="rows">
        {tasks.map((one, at) => (
          <li key={one.key}>
            <Link to={one.to} search={{}} className="setting-row setup-task" data-done={done[at] || undefined}>
              {done[at] ? <Check size={18} aria-label={t('setup.done')} /> : <Circle size={18} aria-label={t('setup.open')} />}
              <span className="setting-row-text"><span className="row-title">{t(`setup.task.${one.key}`)}</span><span className="row-sub-wrap">{t(`setup.why.${one.key}`)}</span></span>
              {!done[at] && <span className="muted nowrap">{t('setup.minutes', { minutes: one.minutes })}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

interface Change {
  field: string
  before: unknown
  after: unknown
  at: string
  who: string
}

const ORGANISATION = 'identity.organisation'
const LAST = 10

/** The newest change of each of the organisation's facts, out of the journal. */
function useChanges(): Map<string, Change> {
  const api = useApi()
  const mayRead = useGrant('kernel.journal.read')
  const changes = useQuery({
    queryKey: ['me', 'changes'],
    enabled: mayRead,
    queryFn: async () => {
      const { rows } = await api.get<{ rows: Entry[] }>(`system/journal?verb=${ORGANISATION}.edit&limit=${LAST}`)
      const whole = await Promise.all(rows.map((entry) => api.get<Entry & { changes: RowChange[] }>(`system/journal/${entry.id}`)))
      return whole.flatMap((entry) => entry.changes.flatMap((change) => Object.entries(change.fields).map(([field, [before, after]]): Change => ({ field, before, after, at: entry.at, who: entry.actor_name }))))
    },
  }).data
  return useMemo(() => new Map((changes ?? []).toReversed().map((one) => [one.field, one])), [changes])
}

/** What an organisation's fact is now, what it was before, and the way back to that. */
function OrganisationLine({ field }: { field: string }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const organisation = useMe()?.organisation
  const change = useChanges().get(field)
  const now = organisation?.[field as 'name' | 'language' | 'zone' | 'currency']
  const said = (value: unknown): string => (field === 'language' ? t(`kit.language.${String(value)}`) : String(value))

  async function put(value: unknown): Promise<void> {
    try {
      const { version } = (await api.get<{ organisation: { version: number } }>('identity/me')).organisation
      await api.send({ method: 'PATCH', path: '/api/identity/organisation', body: { [field]: value }, headers: { 'Idempotency-Key': uuid7(), 'If-Match': `"${version}"` } })
    } finally {
      await queries.invalidateQueries({ queryKey: ['me'] })
    }
  }

  async function revert(): Promise<void> {
    try {
      await put(change!.before)
      toasts.undoable(t('kit.verb_done', { verb: t(`verb.${ORGANISATION}.edit`) }), () => put(now))
    } catch (error) {
      toasts.bad(problemWords(words, error, ORGANISATION))
    }
  }

  return (
    <>
      <span className="row-sub-wrap">{t('setup.now', { value: said(now) })}{change && <> · {t('setup.changed', { before: said(change.before), who: change.who, time: formats.dateTime(change.at) })}</>}</span>
      {change && change.before !== now && change.before !== null && <Button size="small" icon={<RotateCcw size={13} />} aria-label={t('setup.revert_to', { value: said(change.before) })} onClick={() => void revert()}>{t('setup.revert')}</Button>}
    </>
  )
}

function SettingLine({ one }: { one: Setting }) {
  const { t } = useWords()
  const field = one.key.startsWith('organisation.') ? one.key.split('.')[1] : undefined
  return (
    <li className="setting-row">
      <div className="setting-row-text">
        <Link to={one.to} search={{}} className="row-title">{t(one.words_key)}</Link>
        {field ? <div className="setup-value"><OrganisationLine field={field} /></div> : <p className="row-sub-wrap">{t(`setup.about.${one.key}`)}</p>}
      </div>
    </li>
  )
}

function Find() {
  const { t } = useWords()
  const grants = useMe()?.grants ?? []
  const [typed, setTyped] = useState('')
  const open = SETTINGS.filter((one) => one.grants.some((grant) => grants.includes(grant)))
  const found = settingsFor(typed, open, t)
  return (
    <Section isBare title={t('setup.settings')}>
      <div className="setup-find"><Input allowClear aria-label={t('setup.find')} placeholder={t('setup.find_hint')} prefix={<Search size={15} aria-hidden />} value={typed} onChange={(event) => setTyped(event.target.value)} /></div>
      {found.length ? <ul className="rows" aria-label={t('setup.settings')}>{found.map((one) => <SettingLine key={one.key} one={one} />)}</ul> : <Empty title={t('kit.nothing_matches')} />}
    </Section>
  )
}

export default function SetupPage() {
  const { t } = useWords()
  return (
    <PageShell title={t('nav.setup')}>
      <div className="narrow-wide">
        <Tasks />
        <Find />
      </div>
    </PageShell>
  )
}
