// Approvals: what waits for me, what I asked for, all of them, who decides for whom, and the rules.
import '../life.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, StateTag, useRows, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Tabs } from 'antd'
import { lazy, Suspense } from 'react'
import { useGrant, useMe } from '../session'
import { APPROVAL, APPROVALS, approvalVerbs, useApproval, useWaiting, type ApprovalRow } from './data'

const Delegations = lazy(() => import('./delegations'))
const Rules = lazy(() => import('./rules'))

function Ask({ row }: { row: ApprovalRow }) {
  const { t, words, formats } = useWords()
  const found = useApproval(row.id).data
  const open = found?.steps.find((step) => step.state === 'open')
  return (
    <li className="report">
      <div className="report-text">
        <p className="report-over">
          <Link to="/approvals/$id" params={{ id: row.id }}>{row.number}</Link>
          <time dateTime={row.asked_at} title={formats.dateTime(row.asked_at)}>{formats.ago(row.asked_at)}</time>
          <span>{row.asked_by_name}</span>
          <StateTag kind={APPROVAL} state={row.state} />
        </p>
        <h2 className="report-title"><Link to="/approvals/$id" params={{ id: row.id }}>{t(`verb.${row.verb}`)}: {row.title}</Link></h2>
        {row.amount && row.currency && <p className="approval-amount">{formats.money(row.amount, row.currency)}</p>}
        {row.reason && <p className="prose">{row.reason}</p>}
        {open && <p className="row-sub-wrap">{open.name} · {t('approval.waits_for', { who: open.waits_for.join(words.list) })}</p>}
        {found && <VerbBar target={{ kind: APPROVAL, id: row.id, version: found.version }} actions={found.actions} specs={approvalVerbs} />}
      </div>
    </li>
  )
}

function Waiting() {
  const { t } = useWords()
  const rows = useWaiting()
  if (rows.error) return <Failed error={rows.error} onRetry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />
  if (!rows.data.rows.length) return <Empty title={t('approval.none_waiting')} text={t('approval.none_waiting_text')} />
  return <ul className="reports">{rows.data.rows.map((row) => <Ask key={row.id} row={row} />)}</ul>
}

function Listed({ mine }: { mine?: string }) {
  const { t, formats } = useWords()
  const rows = useRows<ApprovalRow>(APPROVALS, { filter: mine ? { field: 'asked_by_id', op: 'eq', value: mine } : undefined, limit: 200, sort: '-asked_at' })
  if (rows.error) return <Failed error={rows.error} onRetry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />
  if (!rows.data.rows.length) return <Empty title={t(mine ? 'approval.none_asked' : 'approval.none')} text={t('approval.none_text')} />
  return (
    <ul className="rows rows-boxed">
      {rows.data.rows.map((row) => (
        <li key={row.id}>
          <Link to="/approvals/$id" params={{ id: row.id }} className="row-link">
            <span className="row-title">{t(`verb.${row.verb}`)}: {row.title}</span>
            <span className="row-side"><StateTag kind={APPROVAL} state={row.state} /></span>
            <span className="row-sub">{[row.number, row.asked_by_name, row.amount && row.currency && formats.money(row.amount, row.currency), row.reason].filter(Boolean).join(' · ')}</span>
            <span className="row-side">{formats.date(row.asked_at)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

export default function Approvals() {
  const { t } = useWords()
  const { tab = 'waiting' } = useSearch({ from: '/inside/approvals' })
  const navigate = useNavigate({ from: '/approvals' })
  const me = useMe()
  const mayAll = useGrant('identity.approval.read')
  const mayDelegations = useGrant('identity.delegation.read')
  const mayRules = useGrant('identity.approval_rule.read')
  const waiting = useWaiting().data?.rows.length ?? 0
  const items = [
    { key: 'waiting', label: <>{t('approval.waiting')}{waiting > 0 && <span className="section-count">{waiting}</span>}</>, children: <Waiting /> },
    { key: 'asked', label: t('approval.asked'), children: <Listed mine={me?.user.id} /> },
    ...(mayAll ? [{ key: 'all', label: t('approval.all'), children: <Listed /> }] : []),
    ...(mayDelegations ? [{ key: 'delegations', label: t('approval.delegations'), children: <Suspense fallback={<Loading />}><Delegations /></Suspense> }] : []),
    ...(mayRules ? [{ key: 'rules', label: t('approval.rules'), children: <Suspense fallback={<Loading />}><Rules /></Suspense> }] : []),
  ]
  return (
    <PageShell title={t('nav.approvals')}>
      <Tabs className="approvals" tabBarGutter={14} destroyOnHidden activeKey={tab} onChange={(key) => void navigate({ search: { tab: key === 'waiting' ? undefined : key }, replace: true })} items={items} />
    </PageShell>
  )
}
