// The side of the order page: facts, who reported, phases with their times, cost, confirmations.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { fileUrl } from '@trunnion/kit/api'
import { Timeline, type TimelineStep } from '@trunnion/kit/plain'
import { customFacts, Facts, Section, useApi, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { FileDown, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useGrant } from '../session'
import { ENDED, ORDER, PHASES, REQUESTS, type Confirmation, type Order } from './data'

const LANGUAGES = ['zh-CN', 'en']
const REPORTED = new Set(['completed', 'confirmed', 'closed'])
/** A short way skips phases; only these are shown while they still lie ahead. */
const ALWAYS = new Set<string>(['reported', 'dispatched', 'started', 'ended', 'closed'])

export function Call({ phone }: { phone: string | null | undefined }): ReactNode {
  return phone ? <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} className="nowrap"><Phone size={13} aria-hidden /> {phone}</a> : null
}

export function FactsSection({ order, extra }: { order: Order; extra?: ReactNode }) {
  const { t, words, formats } = useWords()
  const at = (value: string | null) => value && <time dateTime={value}>{formats.dateTime(value)}</time>
  const place = [order.site, order.place].filter((one, index, all) => one && all.indexOf(one) === index).join(' · ')
  const window = order.planned_from_at && <>{at(order.planned_from_at)}{order.planned_until_at && <> – {at(order.planned_until_at)}</>}</>
  return (
    <Section title={t('order.facts')} extra={extra}>
      <Facts
        facts={[
          order.asset_id !== null && { label: t('field.work.order.asset_id'), value: <Link to="/assets/$id" params={{ id: order.asset_id }}>{order.asset_name}</Link> },
          order.location_id !== null && { label: t('field.work.order.location_id'), value: <Link to="/locations" search={{ at: order.location_id }}>{place}</Link> },
          { label: t('field.work.order.leading'), value: order.leading ? <>{order.leading} <Call phone={order.leading_phone} /></> : <span className="muted">{t('order.nobody')}</span> },
          order.crew?.length ? { label: t('field.work.order.crew'), value: order.crew.map((one) => one.name).join(t('kit.list')) } : null,
          order.team ? { label: t('field.work.order.team_id'), value: order.team } : null,
          order.customer ? { label: t('field.work.order.customer_id'), value: <>{order.customer} <Call phone={order.customer_phone} /></> } : null,
          { label: t('order.window'), value: window },
          { label: t('field.work.order.due_at'), value: at(order.due_at) },
          { label: t('field.work.order.kind'), value: t(`choice.${ORDER}.kind.${order.kind}`) },
          { label: t('field.work.order.source'), value: t(`choice.${ORDER}.source.${order.source}`) },
          order.survivor_id !== null && { label: t('order.merged_into'), value: <Link to="/orders/$id" params={{ id: order.survivor_id }}>{order.survivor_number}</Link> },
          order.origin ? { label: t('order.origin'), value: <Link to="/orders/$id" params={{ id: order.origin.row_id }}>{order.origin.number}</Link> } : null,
          { label: t('field.work.order.end_reason'), value: order.end_reason },
          ...customFacts(order.custom, words, formats),
        ]}
      />
    </Section>
  )
}

interface Request {
  id: string
  number: string
  reporter: string
  reporter_name: string | null
  reporter_contact: string | null
  urged_count: number
  rating: number | null
  rating_text: string
}

/** Who reported, how to reach them, and what they thought of it. */
export function RequestSection({ order }: { order: Order }) {
  const { t } = useWords()
  const api = useApi()
  const mayRead = useGrant('service.request.read')
  const row = useRows(REQUESTS, { filter: { field: 'order_id', op: 'eq', value: order.id }, limit: 1 }, mayRead).data?.rows[0]
  const found = useQuery({ queryKey: ['detail', REQUESTS, row?.id, order.id], queryFn: () => api.detail<Request>('service.request', row!.id), enabled: row !== undefined })
  const request = found.data
  const name = request ? (request.reporter_name ?? request.reporter) : order.reporter_name
  if (!name && !request) return null
  return (
    <Section title={t('order.reporter')}>
      <Facts
        facts={[
          { label: t('order.reporter_name'), value: name || <span className="muted">{t('order.unnamed')}</span> },
          request?.reporter_contact ? { label: t('order.reporter_contact'), value: <Call phone={request.reporter_contact} /> } : null,
          request && { label: t('order.request'), value: request.number },
          request?.urged_count ? { label: t('order.urged'), value: <strong className="report-stopped">{t('order.urged_times', { count: request.urged_count })}</strong> } : null,
          request?.rating ? { label: t('order.rating'), value: <>{'★'.repeat(request.rating)}{'☆'.repeat(5 - request.rating)} {request.rating_text}</> } : null,
        ]}
      />
    </Section>
  )
}

export function PhasesSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const last = PHASES.filter((phase) => order[`${phase}_at`]).at(-1)
  const isOver = ENDED.includes(order.state)
  const steps = PHASES.flatMap<TimelineStep>((phase) => {
    const at = order[`${phase}_at`]
    if (!at && (isOver || !ALWAYS.has(phase))) return []
    const tone = !at ? 'open' : phase === last && !isOver ? 'current' : 'done'
    return [{ key: phase, title: t(`order.phase.${phase}`), meta: at ? formats.dateTime(at) : undefined, tone }]
  })
  return <Section title={t('order.phases')}><Timeline steps={steps} label={t('order.phases')} /></Section>
}

export function CostSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const cost = order.cost
  if (!cost) return null
  const money = (amount: string): string => formats.money(amount, cost.currency)
  return (
    <Section title={t('order.cost')}>
      <Facts
        facts={[
          ...(['labour', 'material', 'service'] as const).flatMap((kind) => (Number(cost[kind]) ? [{ label: t(`order.cost_of.${kind}`), value: money(cost[kind]) }] : [])),
          { label: t('order.cost_total'), value: <strong>{money(cost.total)}</strong> },
        ]}
      />
      {Boolean(cost.unpriced_minutes) && <p className="foot-note">{t('order.unpriced', { time: formats.minutes(cost.unpriced_minutes ?? 0) })}</p>}
      <p className="foot-note">{cost.is_frozen && order.closed_at ? t('order.cost_frozen', { time: formats.dateTime(order.closed_at) }) : t('order.cost_open')}</p>
    </Section>
  )
}

function Confirmed({ given, order }: { given: Confirmation; order: Order }) {
  const { t, formats } = useWords()
  const signed = order.signatures.find((one) => one.id === given.signature_id)
  return (
    <div className="signed">
      {signed?.image_id && <img src={fileUrl(signed.image_id)} alt={t('order.signed_by', { name: given.signer_name })} />}
      <p>{given.signer_name} · {t(given.is_accepted ? 'order.accepted_work' : 'order.refused_work')}</p>
      <p className="muted">{formats.dateTime(given.given_at)}</p>
      {given.remark && <p className="prose">{given.remark}</p>}
      {signed?.holds === false && <p className="form-problem">{t('order.signature_broken')}</p>}
    </div>
  )
}

/** The paper for whoever asked for the work, in their language. */
function Papers({ order }: { order: Order }) {
  const { t } = useWords()
  return (
    <p className="papers">
      <FileDown size={14} aria-hidden /> {t('order.paper')}
      {LANGUAGES.map((language) => <a key={language} lang={language} href={`/api/work/orders/${order.id}/report.pdf?language=${language}`} download>{t(`kit.language.${language}`)}</a>)}
    </p>
  )
}

export function ConfirmationSection({ order }: { order: Order }) {
  const { t } = useWords()
  const hasPaper = REPORTED.has(order.state)
  if (!order.confirmations.length && !hasPaper) return null
  return (
    <Section title={t('order.confirmation')}>
      {order.confirmations.map((one) => <Confirmed key={one.id} given={one} order={order} />)}
      {hasPaper && <Papers order={order} />}
    </Section>
  )
}
