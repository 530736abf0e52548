// The side of the order page: facts, phases with their times, cost, signature.
import { Link } from '@tanstack/react-router'
import { fileUrl } from '@trunnion/kit/api'
import { Timeline, type TimelineStep } from '@trunnion/kit/plain'
import { Facts, Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Phone } from 'lucide-react'
import { useStuck } from '../records/stuck'
import { ORDER, type Order } from './data'

const PHASES = ['reported', 'acknowledged', 'dispatched', 'accepted', 'departed', 'arrived', 'started', 'ended', 'restored', 'confirmed', 'closed']
/** A short way skips phases; only these are shown while they still lie ahead. */
const ALWAYS = new Set(['reported', 'dispatched', 'started', 'ended', 'closed'])

export function FactsSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const at = (value: string | null) => value && <time dateTime={value}>{formats.dateTime(value)}</time>
  const phone = order.reporter?.phone
  return (
    <Section title={t('order.facts')}>
      <Facts
        facts={[
          order.asset && { label: t('field.work.order.asset'), value: <Link to="/assets/$id" params={{ id: order.asset.id }}>{order.asset.name}</Link> },
          order.location && { label: t('field.work.order.location'), value: <Link to="/locations" search={{ at: order.location.id }}>{order.location.name}</Link> },
          { label: t('field.work.order.engineer'), value: order.engineer?.name ?? <span className="muted">{t('order.nobody')}</span> },
          order.customer && { label: t('field.work.order.customer'), value: order.customer.name },
          order.reporter && {
            label: t('order.reporter'),
            value: <>{order.reporter.name} {phone && <a href={`tel:${phone}`} className="nowrap"><Phone size={13} aria-hidden /> {phone}</a>}</>,
          },
          { label: t('field.work.order.planned_start_at'), value: at(order.planned_start_at) },
          { label: t('field.work.order.due_at'), value: at(order.due_at) },
          { label: t('field.work.order.kind'), value: t(`choice.${ORDER}.kind.${order.kind}`) },
          order.source ? { label: t('field.work.order.source'), value: t(`choice.${ORDER}.source.${order.source}`) } : null,
        ]}
      />
    </Section>
  )
}

export function PhasesSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const reached = PHASES.filter((phase) => order.phases[`${phase}_at`])
  const last = reached.at(-1)
  const isOver = ['closed', 'cancelled', 'rejected', 'merged'].includes(order.state)
  const steps = PHASES.flatMap<TimelineStep>((phase) => {
    const at = order.phases[`${phase}_at`]
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
  return (
    <Section title={t('order.cost')}>
      <Facts
        facts={[
          ...cost.lines.map((line) => ({ label: t(`choice.finance.cost_entry.kind.${line.kind}`), value: formats.money(line.amount, cost.currency) })),
          { label: t('order.cost_total'), value: <strong>{formats.money(cost.total, cost.currency)}</strong> },
        ]}
      />
      <p className="foot-note">{cost.frozen_at ? t('order.cost_frozen', { time: formats.dateTime(cost.frozen_at) }) : t('order.cost_open')}</p>
    </Section>
  )
}

export function SignatureSection({ order }: { order: Order }) {
  const { t, words, formats } = useWords()
  const signatures = useStuck(ORDER, order.id).data?.signatures ?? []
  if (!signatures.length) return null
  return (
    <Section title={t('order.signature')}>
      {signatures.map((signed) => (
        <div key={signed.id} className="signed">
          {signed.image_id && <img src={fileUrl(signed.image_id)} alt={t('order.signed_by', { name: signed.signer_name })} />}
          <p>{t('order.signed_by', { name: signed.signer_name })} · {words.t(`choice.attach.signature.meaning.${signed.meaning}`)}</p>
          <p className="muted">{formats.dateTime(signed.signed_at)}</p>
          {signed.remark && <p className="prose">{signed.remark}</p>}
          {signed.holds === false && <p className="form-problem">{t('order.signature_broken')}</p>}
        </div>
      ))}
    </Section>
  )
}
