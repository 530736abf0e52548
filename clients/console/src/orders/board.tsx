// The board: orders by state, moved only as the state table allows, by drag, by menu or by keyboard; live.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { FormDialog, PageShell, PriorityTag, ReferenceSelect, StateTag, useApi, useToasts, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Dropdown } from 'antd'
import { ArrowRightLeft, TriangleAlert } from 'lucide-react'
import moves from 'virtual:moves'
import { memo, useCallback, useState } from 'react'
import { teamReference } from '../references'
import { useMe } from '../session'
import { useCardDrag } from './drag'
import { ORDER, ORDERS, type Order } from './data'
import { orderVerbs } from './verbs'

interface Card {
  id: string
  version: number
  number: string
  title: string
  priority: string
  state: string
  is_stopped: boolean
  waiting_reason: string
  reported_at: string
  due_at: string | null
  asset_name: string | null
  place: string | null
  customer: string | null
  leading: string | null
}

interface Column {
  state: string
  count: number
  rows: Card[]
}

interface Move {
  from: string[]
  to: string | null
  verb: string
}

const LEGAL = (moves as unknown as Record<string, { moves: Move[] }>)[ORDER]?.moves ?? []
const HIDDEN_WHEN_EMPTY = new Set(['draft', 'planned', 'accepted', 'travelling', 'on_site', 'confirmed'])

/** Verbs that lead from one column to another. Going back where it was is the record's own affair. */
const waysFrom = (state: string): { verb: string; to: string }[] => LEGAL.flatMap((move) => (move.from.includes(state) && move.to && move.to !== '<back>' ? [{ verb: move.verb, to: move.to }] : []))

interface CardProps {
  card: Card
  now: number
  onMove: (card: Card, verb: string) => void
  may: (verb: string) => boolean
}

const OneCard = memo(function OneCard({ card, now, onMove, may }: CardProps) {
  const { t, formats } = useWords()
  const ways = waysFrom(card.state).filter((way) => may(way.verb))
  const isLate = card.due_at !== null && new Date(card.due_at).getTime() < now
  return (
    <li className="card" draggable data-id={card.id} data-state={card.state} data-order={card.number}>
      <p className="card-over"><span>{card.number}</span><time dateTime={card.reported_at} title={formats.dateTime(card.reported_at)}>{formats.ago(card.reported_at)}</time></p>
      <p className="card-title"><Link to="/orders/$id" params={{ id: card.id }}>{card.title}</Link></p>
      <p className="card-sub">{[card.asset_name, card.place, card.customer].filter(Boolean).join(' · ')}</p>
      {card.is_stopped && <p className="report-stopped card-sub"><TriangleAlert size={13} aria-hidden /> {t('order.is_stopped')}</p>}
      {card.state === 'waiting' && card.waiting_reason && <p className="card-sub">{t('order.waiting_for', { reason: t(`choice.${ORDER}.waiting_reason.${card.waiting_reason}`) })}</p>}
      {card.due_at && <p className={isLate ? 'card-late' : 'card-sub'}>{t(isLate ? 'board.late' : 'board.due', { time: formats.dateTime(card.due_at) })}</p>}
      <div className="card-foot">
        <PriorityTag kind={ORDER} value={card.priority} />
        <span className="card-who">{card.leading ?? t('order.nobody')}</span>
        {ways.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items: ways.map((way) => ({ key: way.verb, label: `${t(`verb.${ORDER}.${way.verb}`)} → ${t(`state.${ORDER}.${way.to}`)}` })), onClick: ({ key }) => onMove(card, key) }}>
            <Button type="text" size="small" icon={<ArrowRightLeft size={14} />} aria-label={t('board.move', { number: card.number })} title={t('board.move', { number: card.number })} />
          </Dropdown>
        )}
      </div>
    </li>
  )
})

interface AskProps {
  order: Order
  verb: string
  onClose: () => void
}

/** A move that needs to know something asks for it, as the order's own page does. */
function Ask({ order, verb, onClose }: AskProps) {
  const { t } = useWords()
  const spec = orderVerbs(order)[verb] ?? {}
  const run = useVerb({ kind: ORDER, id: order.id, version: order.version })
  const name = t(`verb.${ORDER}.${verb}`)
  return (
    <FormDialog
      kind={ORDER}
      title={`${name} · ${order.number}`}
      submit={name}
      intro={spec.intro_key && t(spec.intro_key)}
      fields={spec.fields ?? []}
      initial={spec.initial}
      isDanger={spec.isDanger}
      onClose={onClose}
      onSubmit={(values) => run(verb, spec.toArgs?.(values) ?? values, spec.before?.(values))}
    />
  )
}

interface LaneProps extends Omit<CardProps, 'card'> {
  column: Column
  dragged: string | null
}

function Lane({ column, now, onMove, may, dragged }: LaneProps) {
  const { t, formats } = useWords()
  const isTarget = dragged !== null && dragged !== column.state && waysFrom(dragged).some((way) => way.to === column.state && may(way.verb))
  const isClosed = dragged !== null && !isTarget && dragged !== column.state
  return (
    <section className="lane" aria-label={t(`state.${ORDER}.${column.state}`)} data-lane={column.state} data-target={isTarget || undefined} data-closed={isClosed || undefined}>
      <h2 className="lane-head"><StateTag kind={ORDER} state={column.state} /> <span className="section-count">{formats.number(column.count)}</span></h2>
      <ul className="lane-cards">
        {column.rows.map((card) => <OneCard key={card.id} card={card} now={now} onMove={onMove} may={may} />)}
        {column.count > column.rows.length && (
          <li className="lane-more"><Link to="/orders" search={{ filters: [{ field: 'state', op: 'in', value: [column.state] }] }}>{t('board.more', { count: formats.number(column.count - column.rows.length) })}</Link></li>
        )}
      </ul>
    </section>
  )
}

/** A verb that nobody here may do is not offered. */
function useMay(): (verb: string) => boolean {
  const grants = useMe()?.grants
  return useCallback((verb: string) => grants?.includes(`${ORDER}.${verb}`) ?? false, [grants])
}

export default function Board() {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { team } = useSearch({ from: '/inside/orders/board' })
  const navigate = useNavigate({ from: '/orders/board' })
  const may = useMay()
  const [asked, setAsked] = useState<{ order: Order; verb: string } | null>(null)
  // The orders' address is part of the key: each event of an order makes the board stale.
  const query = useQuery({ queryKey: ['list', ORDERS, 'board', team], queryFn: ({ signal }) => api.get<{ columns: Column[] }>(`work/board?limit=100${team ? `&team_id=${team}` : ''}`, signal) })

  const ask = useCallback(async (id: string, verb: string): Promise<void> => {
    try {
      const order = await api.detail<Order>(ORDER, id)
      if (!order.actions.includes(verb)) return toasts.bad(t('board.not_now', { verb: t(`verb.${ORDER}.${verb}`), number: order.number }))
      const spec = orderVerbs(order)[verb]
      if (spec?.fields?.length || spec?.intro_key) return setAsked({ order, verb })
      await api.verb(ORDER, id, verb, {}, { version: order.version })
      toasts.good(t('kit.verb_done', { verb: t(`verb.${ORDER}.${verb}`) }))
      await queries.invalidateQueries({ queryKey: ['list', ORDERS] })
    } catch (error) {
      toasts.bad(problemWords(words, error, ORDER))
    }
  }, [api, queries, t, toasts, words])

  const onMove = useCallback((card: Card, verb: string) => void ask(card.id, verb), [ask])

  const drop = useCallback((id: string, from: string, to: string): void => {
    const way = waysFrom(from).find((one) => one.to === to && may(one.verb))
    if (way) void ask(id, way.verb)
    else if (from !== to) toasts.bad(t('board.no_way', { from: t(`state.${ORDER}.${from}`), to: t(`state.${ORDER}.${to}`) }))
  }, [ask, may, t, toasts])
  const { dragged, board } = useCardDrag(drop)

  const columns = query.data?.columns.filter((column) => column.count > 0 || !HIDDEN_WHEN_EMPTY.has(column.state) || (dragged !== null && waysFrom(dragged).some((way) => way.to === column.state)))
  return (
    <PageShell
      isFilling
      title={t('nav.board')}
      actions={<div className="board-team"><ReferenceSelect spec={teamReference} label={t('field.work.order.team_id')} placeholder={t('board.all_teams')} value={team} onChange={(next) => void navigate({ search: { team: next }, replace: true })} /></div>}
    >
      {query.error && !query.data ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : !columns ? <Loading lines={8} /> : columns.every((column) => column.count === 0) ? <Empty title={t('orders.empty')} text={t('orders.empty_text')} /> : (
        <div className="board" ref={board} role="group" aria-label={t('nav.board')}>{columns.map((column) => <Lane key={column.state} column={column} now={query.dataUpdatedAt} onMove={onMove} may={may} dragged={dragged} />)}</div>
      )}
      {asked && <Ask order={asked.order} verb={asked.verb} onClose={() => setAsked(null)} />}
    </PageShell>
  )
}
