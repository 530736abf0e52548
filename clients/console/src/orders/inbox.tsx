// Triage: new reports, oldest first, each with what is needed to decide.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, StateTag, useApi, useRows, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Copy } from 'lucide-react'
import { Pictures } from '../records/pictures'
import { isState, ORDER, ORDERS, useOrder, type OrderRow } from './data'
import { orderVerbs } from './verbs'

interface Likely {
  id: string
  number: string
  title: string
  state: string
}

/** Open orders on the same machine: perhaps somebody is on the way already. */
function Duplicates({ id }: { id: string }) {
  const { t } = useWords()
  const api = useApi()
  const found = useQuery({ queryKey: ['duplicates', ORDERS, id], queryFn: () => api.get<{ rows: Likely[] }>(`${ORDERS}/${id}/duplicates`) })
  const rows = found.data?.rows.slice(0, 3) ?? []
  if (!rows.length) return null
  return (
    <ul className="duplicates" aria-label={t('inbox.perhaps_same')}>
      {rows.map((row) => (
        <li key={row.id}><Copy size={13} aria-hidden /> {t('inbox.perhaps_same')} <Link to="/orders/$id" params={{ id: row.id }}>{row.number} {row.title}</Link> <StateTag kind={ORDER} state={row.state} /></li>
      ))}
    </ul>
  )
}

function Report({ row }: { row: OrderRow }) {
  const { t, formats } = useWords()
  const order = useOrder(row.id).data
  const at = order?.reported_at ?? row.reported_at
  const actions = order?.actions.filter((verb) => verb !== 'edit') ?? []
  const where = [...new Set([order?.asset_name ?? row.asset_name, order?.site, order?.place ?? row.place, order?.reporter_name].filter(Boolean))]
  return (
    <li className="report">
      <div className="report-text">
        <p className="report-over">
          <Link to="/orders/$id" params={{ id: row.id }}>{row.number}</Link>
          {at && <time dateTime={at} title={formats.dateTime(at)}>{formats.ago(at)}</time>}
          {order && <span>{t(`choice.${ORDER}.source.${order.source}`)}</span>}
          {order?.is_stopped && <strong className="report-stopped">{t('order.is_stopped')}</strong>}
        </p>
        <h2 className="report-title"><Link to="/orders/$id" params={{ id: row.id }}>{row.title}</Link></h2>
        <p className="row-sub">{where.join(' · ')}</p>
        {order?.description && order.description !== row.title && <p className="prose">{order.description}</p>}
        <Duplicates id={row.id} />
        {order && <VerbBar target={{ kind: ORDER, id: row.id, version: order.version }} actions={actions} specs={orderVerbs(order)} />}
      </div>
      {order && order.files.length > 0 && <Pictures files={order.files} />}
    </li>
  )
}

export default function Inbox() {
  const { t } = useWords()
  const rows = useRows<OrderRow>(ORDERS, { filter: isState('requested'), sort: 'reported_at', limit: 50 })
  return (
    <PageShell title={t('nav.inbox')}>
      {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} />
        : !rows.data ? <Loading />
        : rows.data.rows.length === 0 ? <Empty title={t('home.inbox_empty')} text={t('inbox.empty_text')} />
        : <ul className="reports">{rows.data.rows.map((row) => <Report key={row.id} row={row} />)}</ul>}
    </PageShell>
  )
}
