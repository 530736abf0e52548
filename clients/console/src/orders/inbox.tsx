// Triage: new reports, oldest first, each with what is needed to decide.
import { Link } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, useRows, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { isState, nameOf, ORDER, ORDERS, useOrder, type OrderRow } from './data'
import { Pictures } from '../records/pictures'
import { useStuck } from '../records/stuck'
import { orderVerbs } from './verbs'

function Report({ row }: { row: OrderRow }) {
  const { t, formats } = useWords()
  const order = useOrder(row.id).data
  const files = useStuck(ORDER, row.id).data?.files ?? []
  const at = order?.phases.reported_at ?? row.reported_at
  const reporter = [order?.reporter?.name, order?.reporter?.phone].filter(Boolean).join(' ')
  return (
    <li className="report">
      <div className="report-text">
        <p className="report-over">
          <Link to="/orders/$id" params={{ id: row.id }}>{row.number}</Link>
          {at && <time dateTime={at} title={formats.dateTime(at)}>{formats.ago(at)}</time>}
          {order?.source && <span>{t(`choice.${ORDER}.source.${order.source}`)}</span>}
          {order?.is_stopped && <strong className="report-stopped">{t('order.is_stopped')}</strong>}
        </p>
        <h2 className="report-title"><Link to="/orders/$id" params={{ id: row.id }}>{row.title}</Link></h2>
        <p className="row-sub">{[nameOf(order?.asset ?? row.asset), nameOf(order?.location), reporter].filter(Boolean).join(' · ')}</p>
        {order?.description && order.description !== row.title && <p className="prose">{order.description}</p>}
        {order && <VerbBar target={{ kind: ORDER, id: row.id, version: order.version }} actions={order.actions} specs={orderVerbs(order)} />}
      </div>
      {files.length > 0 && <Pictures files={files} />}
    </li>
  )
}

export default function Inbox() {
  const { t } = useWords()
  const rows = useRows<OrderRow>(ORDERS, { filter: isState('requested'), limit: 50 })
  return (
    <PageShell title={t('nav.inbox')}>
      {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} />
        : !rows.data ? <Loading />
        : rows.data.rows.length === 0 ? <Empty title={t('home.inbox_empty')} text={t('inbox.empty_text')} />
        : <ul className="reports">{rows.data.rows.map((row) => <Report key={row.id} row={row} />)}</ul>}
    </PageShell>
  )
}
