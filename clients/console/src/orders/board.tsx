// The board: orders by state, engineer, site or priority; moved by drag, by menu or by keyboard; live.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, useApi, useRows, useToasts } from '@trunnion/kit/ui'
import { useWords, type Words } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Gauge } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type MouseEvent } from 'react'
import { teamReference } from '../references'
import { useGrant, useMe } from '../session'
import { BY, cardOf, laneKey, type BoardAnswer, type By, type Card, type Column } from './board-data'
import { useBoardKeys } from './board-keys'
import { PRIORITIES, useBoardMoves } from './board-moves'
import { ORDER, ORDERS, type Order } from './data'
import { useCardDrag } from './drag'
import { GivePicker, useGive, type Engineer } from './giving'
import { Lane } from './lane'
import { giveVerb, mayEditIn, waysFrom } from './moves'
import { PickOne } from './picker'

const Ask = lazy(() => import('./ask-move'))
const Limits = lazy(() => import('./limits'))
const HIDDEN_WHEN_EMPTY = new Set<string | null>(['draft', 'planned', 'accepted', 'travelling', 'on_site', 'confirmed'])
const MINUTE = 60_000
type Asked = { what: 'limits' } | { what: 'verb'; order: Order; verb: string } | { what: 'give' | 'move'; card: Card }

function nameOf(by: By, column: Column, { t }: Words): string {
  if (by === 'state') return t(`state.${ORDER}.${column.key!}`)
  if (by === 'priority') return t(`choice.${ORDER}.priority.${column.key!}`)
  return column.key === null ? t(by === 'engineer' ? 'order.nobody' : 'board.no_site') : column.name
}

/** A verb that nobody here may do is not offered. */
function useMay(): (verb: string) => boolean {
  const grants = useMe()?.grants
  return useCallback((verb: string) => grants?.includes(`${ORDER}.${verb}`) ?? false, [grants])
}

interface HeadProps {
  by: By
  team: string | undefined
  onChange: (search: { by?: By; team?: string }) => void
  /** Only where limits are shown can they be set. */
  onLimits: (() => void) | undefined
}

function Choices({ by, team, onChange, onLimits }: HeadProps) {
  const { t, language } = useWords()
  const teams = useRows(teamReference.listing, { sort: teamReference.sort, limit: 200 }).data?.rows ?? []
  return (
    <>
      <label className="board-choice"><span>{t('board.by')}</span>
        <select value={by} onChange={(event) => onChange({ by: event.target.value as By, team })}>{BY.map((one) => <option key={one} value={one}>{t(`board.by_${one}`)}</option>)}</select>
      </label>
      {(teams.length > 0 || team) && (
        <select className="board-team" aria-label={t('field.work.order.team_id')} value={team ?? ''} onChange={(event) => onChange({ by, team: event.target.value || undefined })}>
          <option value="">{t('board.all_teams')}</option>
          {teams.map((one) => <option key={one.id} value={one.id}>{teamReference.label(one, language)}</option>)}
        </select>
      )}
      {onLimits && <Button icon={<Gauge size={15} />} onClick={onLimits}>{t('board.limits')}</Button>}
    </>
  )
}

/** Where a card may go: along the columns that one sees, or along its states where these cannot be chosen. */
function useDestinations(by: By, columns: Column[], may: (verb: string) => boolean) {
  const { t } = useWords()
  return (card: Card) => {
    if (by === 'priority') return mayEditIn(card.state) && may('edit') ? PRIORITIES.filter((one) => one !== card.priority).map((one) => ({ key: one, to: one, label: t(`choice.${ORDER}.priority.${one}`) })) : []
    if (by === 'engineer') {
      const verb = giveVerb(card.state)
      return verb && may(verb) ? columns.filter((one) => one.key !== card.leading_id).map((one) => ({ key: laneKey(one), to: laneKey(one), label: one.key === null ? t('board.nobody') : one.name })) : []
    }
    return waysFrom(card.state).filter((way) => may(way.verb)).map((way) => ({ key: way.verb, to: by === 'state' ? way.to : '', label: t(`state.${ORDER}.${way.to}`), hint: t(`verb.${ORDER}.${way.verb}`) }))
  }
}

export default function Board() {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const { team, by = 'state' } = useSearch({ from: '/inside/orders/board' })
  const navigate = useNavigate({ from: '/orders/board' })
  const may = useMay()
  const give = useGive()
  const [asked, setAsked] = useState<Asked | null>(null)
  // The orders' address is part of the key: each event of an order makes the board stale.
  const key = useMemo(() => ['list', ORDERS, 'board', by, team], [by, team])
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<BoardAnswer>(`work/board?limit=100&by=${by}${team ? `&team_id=${team}` : ''}`, signal) })
  const all = query.data?.columns
  const moves = useBoardMoves(key, (found) => setAsked({ what: 'verb', ...found }))
  const destinations = useDestinations(by, all ?? [], may)
  const mayLimit = useGrant('work.board_limit.set')
  const mayGive = may('assign') || may('dispatch')
  const close = (): void => setAsked(null)

  function put(card: Card, engineer: Engineer): void {
    close()
    moves.foresee(card.id, { facts: { leading_id: engineer.id, leading: engineer.name || null }, to: by === 'engineer' ? engineer.id : undefined })
    void give([card], engineer)
  }

  function move(card: Card, chosen: string): void {
    close()
    if (by === 'priority') void moves.rank(card, chosen)
    else if (by === 'engineer') put(card, { id: chosen || null, name: all?.find((one) => laneKey(one) === chosen)?.name ?? '' })
    else void moves.act(card.id, chosen)
  }

  function drop(id: string, _from: string, to: string): void {
    const card = cardOf(query.data, id)
    const home = all?.find((column) => column.rows.some((row) => row.id === id))
    if (!card || !home || laneKey(home) === to) return
    const way = by === 'site' ? undefined : destinations(card).find((one) => one.to === to)
    const target = all?.find((column) => laneKey(column) === to)
    if (way) move(card, way.key)
    else toasts.bad(by === 'site' ? t('board.no_site_move') : t('board.no_way', { from: nameOf(by, home, words), to: target ? nameOf(by, target, words) : '' }))
  }
  const { draggedId, board, element } = useCardDrag(drop)
  const held = draggedId ? cardOf(query.data, draggedId) : undefined
  const reach = new Set(held && by !== 'site' ? destinations(held).map((one) => one.to) : [])
  const isHome = (column: Column): boolean => column.rows.some((row) => row.id === draggedId)

  const ask = (what: 'give' | 'move') => (id: string): void => {
    const card = cardOf(query.data, id)
    if (card && (what === 'move' || mayGive)) setAsked({ what, card })
  }
  const keys = useBoardKeys({ board: element, onGive: ask('give'), onMove: ask('move') })
  useEffect(() => { if (!asked) keys.settle() }, [query.data, asked, keys])

  function onClick(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>('[data-act]')
    const card = button?.closest<HTMLElement>('.card')
    if (card) keys.open(card, ask(button!.dataset.act as 'give' | 'move'))
  }

  const shown = all?.filter((column) => column.count > 0 || (by === 'site' ? false : by !== 'state' || !HIDDEN_WHEN_EMPTY.has(column.key) || reach.has(laneKey(column))))
  const now = Math.floor(query.dataUpdatedAt / MINUTE) * MINUTE
  return (
    <PageShell isFilling title={t('nav.board')} actions={<Choices by={by} team={team} onChange={(next) => void navigate({ search: { team: next.team, by: next.by === 'state' ? undefined : next.by }, replace: true })} onLimits={mayLimit && all && by === 'state' && !team ? () => setAsked({ what: 'limits' }) : undefined} />}>
      {query.error && !query.data ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : !shown ? <Loading lines={8} /> : all!.every((column) => column.count === 0) ? <Empty title={t('orders.empty')} text={t('orders.empty_text')} /> : (
        <>
          {query.data!.is_cut && <p className="muted board-cut">{t('board.cut', { count: shown.length })}</p>}
          <div className="board" role="presentation" ref={board} onKeyDown={keys.onKeyDown} onClick={onClick}>
            {shown.map((column) => <Lane key={`${by} ${laneKey(column)}`} column={column} name={nameOf(by, column, words)} by={by} now={now} mayGive={mayGive} isTarget={reach.has(laneKey(column)) && !isHome(column)} isClosed={held !== undefined && !reach.has(laneKey(column)) && !isHome(column)} />)}
          </div>
        </>
      )}
      {asked?.what === 'verb' && <Suspense><Ask order={asked.order} verb={asked.verb} onClose={close} /></Suspense>}
      {asked?.what === 'limits' && all && <Suspense><Limits columns={all} onClose={close} /></Suspense>}
      {asked?.what === 'give' && <GivePicker title={t(`board.to_whom_${giveVerb(asked.card.state) ?? 'assign'}`, { number: asked.card.number })} onGive={(engineer) => put(asked.card, engineer)} onClose={close} />}
      {asked?.what === 'move' && <PickOne title={t('board.move', { number: asked.card.number })} placeholder={t('board.where')} choices={destinations(asked.card)} onPick={(chosen) => move(asked.card, chosen)} onClose={close} />}
    </PageShell>
  )
}
