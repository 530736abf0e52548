// One's own work: the next job large with its verbs, the rest as a list, and what is free to be taken.
import { Link } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PriorityTag, Section, StateTag, useStill, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { CalendarClock, MapPin, Timer } from 'lucide-react'
import { useState } from 'react'
import { ORDER, useMine, useOrder, type Mine, type MyOrder } from './data'
import { OrderLink } from './rows'
import { orderVerbs } from './verbs'

function NextJob({ row, onDone }: { row: MyOrder; onDone: (id: string) => void }) {
  const { t, formats } = useWords()
  const order = useOrder(row.id).data
  const where = [...new Set([row.site, row.place].filter(Boolean))].join(' · ')
  return (
    <section className="next-job" aria-label={t('home.next')}>
      <p className="page-over">{t('home.next')} · {row.number}</p>
      <h2><Link to="/orders/$id" params={{ id: row.id }}>{row.title}</Link></h2>
      <p className="next-tags"><StateTag kind={ORDER} state={row.state} /><PriorityTag kind={ORDER} value={row.priority} /></p>
      <p className="muted">{[row.asset_name, row.customer].filter(Boolean).join(' · ')}</p>
      {where && <p className="muted"><MapPin size={14} aria-hidden /> {where}</p>}
      {row.planned_from_at && <p className="muted"><CalendarClock size={14} aria-hidden /> {formats.dateTime(row.planned_from_at)}</p>}
      {order && <VerbBar target={{ kind: ORDER, id: row.id }} actions={row.actions.filter((verb) => verb !== 'edit')} specs={orderVerbs(order)} onDone={() => onDone(row.id)} />}
    </section>
  )
}

function Rows({ title, rows }: { title: string; rows: MyOrder[] }) {
  if (!rows.length) return null
  return (
    <Section isBare title={<>{title}<span className="section-count">{rows.length}</span></>}>
      <ul className="rows">{rows.map((row) => <li key={row.id}><OrderLink row={row} /></li>)}</ul>
    </Section>
  )
}

function Clock({ timer }: { timer: NonNullable<Mine['timer']> }) {
  const { t, formats } = useWords()
  return <p className="clock" role="status"><Timer size={15} aria-hidden /> <Link to="/orders/$id" params={{ id: timer.order_id }}>{t('home.clock', { number: timer.number, time: formats.ago(timer.began_at) })}</Link></p>
}

/** Shown to whoever can be given work; `isAlone` says that there is nothing else on the page. */
export function MyWork({ isAlone }: { isAlone: boolean }) {
  const { t } = useWords()
  const query = useMine()
  // Whoever has just done something to a job goes on with it, whatever comes in meanwhile.
  const [current, setCurrent] = useState<string>()
  const mine = useStill(query.data)
  if (query.error && !mine) return isAlone ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null
  if (!mine) return isAlone ? <Loading lines={6} /> : null
  const { resource_id, orders, pool, timer } = mine
  if (!resource_id) return isAlone ? <Empty title={t('home.no_resource')} text={t('home.no_resource_text')} /> : null
  const next = orders.find((row) => row.id === current) ?? orders[0]
  const rest = orders.filter((row) => row !== next)
  if (!isAlone && !next && !pool.length) return null
  return (
    <div className="my-work">
      {timer && <Clock timer={timer} />}
      {next ? <NextJob key={next.id} row={next} onDone={setCurrent} /> : <Empty title={t('home.mine_empty')} />}
      <Rows title={t('home.mine')} rows={rest} />
      <Rows title={t('home.pool')} rows={pool} />
    </div>
  )
}
