// A column of the board and its cards: plain markup, so that five hundred of them come and scroll without effort.
import { Link } from '@tanstack/react-router'
import type { Filter } from '@trunnion/kit/api'
import { PriorityTag, StateTag } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { ArrowRightLeft, TriangleAlert, UserPlus } from 'lucide-react'
import { memo, startTransition, useEffect, useState } from 'react'
import { laneKey, spent, type By, type Card, type Column } from './board-data'
import { isState, ON_BOARD, ORDER } from './data'

/** Cards of a column that are drawn at once; the others follow while nobody waits. */
const AT_ONCE = 12
const MORE = 30

interface CardProps {
  card: Card
  by: By
  /** Only from minute to minute: what has not changed is not drawn anew. */
  now: number
  mayGive: boolean
}

const OneCard = memo(function OneCard({ card, by, now, mayGive }: CardProps) {
  const { t, formats } = useWords()
  const gone = spent(card, now)
  const isLate = card.due_at !== null && Date.parse(card.due_at) < now
  const who = card.leading ?? t('order.nobody')
  return (
    <li className="card" draggable data-id={card.id} data-state={card.state}>
      <p className="card-over"><span>{card.number}</span><time dateTime={card.reported_at} title={formats.dateTime(card.reported_at)}>{formats.ago(card.reported_at)}</time></p>
      <p className="card-title"><Link to="/orders/$id" params={{ id: card.id }} preload={false}>{card.title}</Link></p>
      <p className="card-sub">{[card.asset_name, card.place, card.customer].filter(Boolean).join(' · ')}</p>
      {by !== 'state' && <p className="card-sub"><StateTag kind={ORDER} state={card.state} /></p>}
      {card.is_stopped && <p className="report-stopped card-sub"><TriangleAlert size={13} aria-hidden /> {t('order.is_stopped')}</p>}
      {card.state === 'waiting' && card.waiting_reason && <p className="card-sub">{t('order.waiting_for', { reason: t(`choice.${ORDER}.waiting_reason.${card.waiting_reason}`) })}</p>}
      {card.due_at && <p className={isLate ? 'card-late' : 'card-sub'}>{t(isLate ? 'board.late' : 'board.due', { time: formats.dateTime(card.due_at) })}</p>}
      {gone !== undefined && <span className="card-clock" data-late={isLate || undefined} aria-hidden><span style={{ inlineSize: `${gone}%` }} /></span>}
      <div className="card-foot">
        <PriorityTag kind={ORDER} value={card.priority} />
        <span className="card-who">{who}</span>
        {mayGive && <button type="button" className="icon-button" tabIndex={-1} data-act="give" aria-keyshortcuts="A" aria-label={t('board.give', { number: card.number })} title={t('board.give', { number: card.number })}><UserPlus size={14} aria-hidden /></button>}
        <button type="button" className="icon-button" tabIndex={-1} data-act="move" aria-keyshortcuts="M" aria-label={t('board.move', { number: card.number })} title={t('board.move', { number: card.number })}><ArrowRightLeft size={14} aria-hidden /></button>
      </div>
    </li>
  )
})

const FIELDS: Record<By, string> = { state: 'state', engineer: 'leading_id', site: 'site_id', priority: 'priority' }

/** The same orders in the list. */
function filtersOf(by: By, column: Column): Filter[] {
  if (by === 'state') return [isState(column.key ?? '')]
  const own: Filter = column.key === null ? { field: FIELDS[by], op: 'is_null', value: true } : by === 'priority' ? { field: FIELDS[by], op: 'in', value: [column.key] } : { field: FIELDS[by], op: 'eq', value: column.key }
  return [own, isState(...ON_BOARD)]
}

function useDrawn(count: number): number {
  const [drawn, setDrawn] = useState(AT_ONCE)
  useEffect(() => {
    if (drawn >= count) return undefined
    const more = (): void => startTransition(() => setDrawn((now) => now + MORE))
    const timer = setTimeout(more, 30)
    return () => clearTimeout(timer)
  }, [drawn, count])
  return drawn
}

/** Beside a limit a count is told as a share of it; more than it is said in words as well. */
function LaneCount({ column: { count, most } }: { column: Column }) {
  const { t, formats } = useWords()
  if (!most) return <span className="section-count">{formats.number(count)}</span>
  const isOver = count > most
  const said = t(isOver ? 'board.over_limit' : 'board.within_limit', { count: formats.number(count), most: formats.number(most) })
  return (
    <span className="section-count" data-over={isOver || undefined} title={said}>
      {isOver && <TriangleAlert size={12} aria-hidden />}<span aria-hidden>{formats.number(count)}/{formats.number(most)}</span><span className="visually-hidden">{said}</span>
    </span>
  )
}

interface LaneProps extends Omit<CardProps, 'card'> {
  column: Column
  name: string
  isTarget: boolean
  isClosed: boolean
}

export const Lane = memo(function Lane({ column, name, by, now, mayGive, isTarget, isClosed }: LaneProps) {
  const { t, formats } = useWords()
  const drawn = useDrawn(column.rows.length)
  return (
    <section className="lane" aria-label={name} data-lane={laneKey(column)} data-target={isTarget || undefined} data-closed={isClosed || undefined}>
      <h2 className="lane-head">
        {by === 'state' ? <StateTag kind={ORDER} state={column.key!} /> : by === 'priority' ? <PriorityTag kind={ORDER} value={column.key!} /> : <span className="lane-name">{name}</span>}
        <span className="lane-counts">
          {by !== 'state' && column.running > 0 && <span className="lane-running">{t('board.running', { count: formats.number(column.running) })}</span>}
          <LaneCount column={column} />
        </span>
      </h2>
      <ul className="lane-cards">
        {column.rows.slice(0, drawn).map((card) => <OneCard key={card.id} card={card} by={by} now={now} mayGive={mayGive} />)}
        {column.count > column.rows.length && (
          <li className="lane-more"><Link to="/orders" search={{ filters: filtersOf(by, column) }}>{t('board.more', { count: formats.number(column.count - column.rows.length) })}</Link></li>
        )}
      </ul>
    </section>
  )
})
