// What is known already about the machine that somebody calls about: open orders and requests, shown before anything is written.
import { Link } from '@tanstack/react-router'
import type { Row } from '@trunnion/kit/api'
import { Loading } from '@trunnion/kit/plain'
import { Section, StateTag, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { CircleCheck, Copy } from 'lucide-react'
import { OPEN, ORDER, ORDERS, REQUESTS } from '../orders/data'
import { REQUEST } from './data'

interface KnownProps {
  assetId: string
  /** The caller means this one: what is said joins it. */
  onSame: (requestId: string) => void
  isBusy: boolean
}

interface Known {
  key: string
  number: string
  title: string
  state: string
  at: string | null
  orderId?: string
  requestId?: string
}

function joined(orders: Row[], requests: Row[]): Known[] {
  const byOrder = new Map(requests.filter((row) => row.order_id).map((row) => [String(row.order_id), row.id]))
  return [
    ...orders.map((row): Known => ({ key: row.id, number: String(row.number), title: String(row.title), state: String(row.state), at: row.reported_at as string | null, orderId: row.id, requestId: byOrder.get(row.id) })),
    ...requests.filter((row) => !row.order_id).map((row): Known => ({ key: row.id, number: String(row.number), title: String(row.title), state: String(row.state), at: String(row.received_at), requestId: row.id })),
  ]
}

export function KnownSection({ assetId, onSame, isBusy }: KnownProps) {
  const { t, formats } = useWords()
  const about = { field: 'asset_id', op: 'eq', value: assetId } as const
  const orders = useRows(ORDERS, { filter: { and: [about, { field: 'state', op: 'in', value: OPEN }] }, limit: 10, sort: '-reported_at' })
  const requests = useRows(REQUESTS, { filter: { and: [about, { field: 'state', op: 'in', value: ['new', 'ordered'] }] }, limit: 20, sort: '-received_at' })
  if (!orders.data || !requests.data) return <Section title={t('request.known')}><Loading lines={2} /></Section>
  const known = joined(orders.data.rows, requests.data.rows)
  if (!known.length) return <Section title={t('request.known')}><p className="good-line"><CircleCheck size={16} aria-hidden /> {t('request.nothing_known')}</p></Section>
  return (
    <Section title={t('request.known')} isBare>
      <ul className="rows known">
        {known.map((one) => (
          <li key={one.key} className="known-row">
            <p className="row-title"><Copy size={13} aria-hidden /> {one.orderId ? <Link to="/orders/$id" params={{ id: one.orderId }}>{one.number} {one.title}</Link> : <Link to="/requests/$id" params={{ id: one.requestId! }}>{one.number} {one.title}</Link>}</p>
            <p className="known-side"><StateTag kind={one.orderId ? ORDER : REQUEST} state={one.state} /> {one.at && <time className="muted" dateTime={one.at}>{formats.ago(one.at)}</time>}</p>
            {one.requestId && <Button size="small" disabled={isBusy} onClick={() => onSame(one.requestId!)}>{t('request.is_same')}</Button>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
