// A short list of orders inside a page.
import { Link } from '@tanstack/react-router'
import type { Filter } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PriorityTag, Section, StateTag, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import type { ReactNode } from 'react'
import { ORDER, ORDERS, type OrderRow } from './data'

export function OrderLink({ row }: { row: OrderRow }) {
  const { formats } = useWords()
  return (
    <Link to="/orders/$id" params={{ id: row.id }} className="row-link">
      <span className="row-title">{row.title}</span>
      <span className="row-side"><StateTag kind={ORDER} state={row.state} /></span>
      <span className="row-sub">{[row.number, row.asset_name ?? row.place, row.leading].filter(Boolean).join(' · ')}</span>
      <span className="row-side">{row.priority && row.priority !== 'normal' ? <PriorityTag kind={ORDER} value={row.priority} /> : row.reported_at ? formats.ago(row.reported_at) : null}</span>
    </Link>
  )
}

interface OrderSectionProps {
  title: string
  filter: Filter
  sort?: string
  emptyText: string
  limit?: number
  extra?: ReactNode
}

export function OrderSection({ title, filter, sort, emptyText, limit = 6, extra }: OrderSectionProps) {
  const { formats } = useWords()
  const rows = useRows<OrderRow>(ORDERS, { filter, sort, limit, count: 'estimated' })
  const count = rows.data?.count?.value
  return (
    <Section isBare title={<>{title}{Boolean(count) && <span className="section-count">{formats.number(count ?? 0)}</span>}</>} extra={extra}>
      {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} />
        : !rows.data ? <Loading lines={3} />
        : rows.data.rows.length === 0 ? <Empty title={emptyText} />
        : <ul className="rows">{rows.data.rows.map((row) => <li key={row.id}><OrderLink row={row} /></li>)}</ul>}
    </Section>
  )
}
