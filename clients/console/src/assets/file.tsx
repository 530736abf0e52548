// Sections of the asset's file that list what belongs to it.
import { Link } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Timeline } from '@trunnion/kit/plain'
import { FormDialog, PriorityTag, Section, StateTag, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { ORDER } from '../orders/data'
import { choices } from '../orders/verbs'
import type { AttributeCard } from '../records/stuck'
import { useGrant } from '../session'
import { type CostLine, type Installation, type PastFailure, type PastOrder, type Sections } from './data'
import { assetReference } from './references'

function Counted({ title, count }: { title: string; count: number }): ReactNode {
  return <>{title}{count > 0 && <span className="section-count">{count}</span>}</>
}

export function OrdersSection({ orders }: { orders: PastOrder[] }) {
  const { t, formats } = useWords()
  return (
    <Section isBare title={<Counted title={t('nav.orders')} count={orders.length} />}>
      {orders.length === 0 ? <Empty title={t('asset.no_orders')} /> : (
        <ul className="rows">
          {orders.map((row) => (
            <li key={row.id}>
              <Link to="/orders/$id" params={{ id: row.id }} className="row-link">
                <span className="row-title">{row.title}</span>
                <span className="row-side"><StateTag kind={ORDER} state={row.state} /></span>
                <span className="row-sub">{[row.number, row.leading_name, row.remedy].filter(Boolean).join(' · ')}</span>
                <span className="row-side">{row.priority === 'high' || row.priority === 'urgent' ? <PriorityTag kind={ORDER} value={row.priority} /> : row.reported_at && formats.date(row.reported_at)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function FailuresSection({ failures }: { failures: PastFailure[] }) {
  const { t, formats } = useWords()
  return (
    <Section isBare title={<Counted title={t('order.failures')} count={failures.length} />}>
      {failures.length === 0 ? <Empty title={t('asset.no_failures')} /> : (
        <ul className="rows">
          {failures.map((row) => (
            <li key={row.id}>
              <Link to="/orders/$id" params={{ id: row.order_id }} className="row-link">
                <span className="row-title">{row.mode_name ?? t('asset.failure_unknown')}</span>
                <span className="row-side">{formats.date(row.detected_at)}</span>
                <span className="row-sub">{[row.order_number, row.mechanism_name, row.cause_name, row.part].filter(Boolean).join(' · ')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function InstallationsSection({ installations }: { installations: Installation[] }) {
  const { t, formats } = useWords()
  if (!installations.length) return null
  return (
    <Section title={t('asset.installations')}>
      <Timeline
        label={t('asset.installations')}
        steps={installations.map((one) => ({
          key: one.id,
          title: [...new Set([one.site, one.location, one.position].filter(Boolean))].join(' · '),
          body: [`${formats.date(one.from_at)} – ${one.until_at ? formats.date(one.until_at) : t('asset.until_now')}`, one.remark].filter(Boolean).join(' · '),
          tone: one.until_at ? 'done' : 'current',
        }))}
      />
    </Section>
  )
}

function grouped(attributes: AttributeCard[]): [string, AttributeCard[]][] {
  const groups = new Map<string, AttributeCard[]>()
  for (const one of attributes) groups.set(one.category, [...(groups.get(one.category) ?? []), one])
  return [...groups]
}

export function AttributesSection({ attributes }: { attributes: AttributeCard[] }) {
  const { t, formats } = useWords()
  const text = (one: AttributeCard): string => {
    if (one.value_type === 'boolean' && one.boolean !== null) return t(one.boolean ? 'kit.yes' : 'kit.no')
    if (one.value_type === 'date' && one.on) return formats.date(one.on)
    return one.value_type === 'number' && one.number !== null ? formats.number(one.number) : one.text
  }
  if (!attributes.length) return null
  return (
    <Section title={<Counted title={t('asset.attributes')} count={attributes.length} />}>
      {grouped(attributes).map(([group, ones]) => (
        <div key={group}>
          {group && <h3 className="sub-title">{group}</h3>}
          <dl className="attributes">
            {ones.map((one) => <div key={one.id}><dt>{one.name}</dt><dd>{text(one)} {one.unit_text || one.unit}</dd></div>)}
          </dl>
        </div>
      ))}
    </Section>
  )
}

const RELATION = 'assets.relation'
const RELATED: FieldSpec[] = [
  { key: 'kind', type: 'choice', words_key: `field.${RELATION}.kind`, isRequired: true, choices: choices(['feeds', 'isolates', 'connected', 'part_of'], `choice.${RELATION}.kind`) },
  { key: 'target_id', type: 'reference', words_key: `field.${RELATION}.target_id`, isRequired: true, reference: assetReference },
  { key: 'remark', type: 'text', words_key: `field.${RELATION}.remark` },
]

/** Parts, assembly neighbours and systems in one place: each line leads on. */
export function RelatedSection({ assetId, sections }: { assetId: string; sections: Sections }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const run = useSteps(assetId)
  const mayAdd = useGrant(`${RELATION}.create`)
  const mayRemove = useGrant(`${RELATION}.remove`)
  const [isAdding, setAdding] = useState(false)
  const { parts = [], relations = [], groups = [] } = sections
  if (!parts.length && !relations.length && !groups.length && !mayAdd) return null

  async function remove(id: string): Promise<void> {
    try {
      await run([{ path: `assets/relations/${id}/remove`, args: {} }], t('kit.verb_done', { verb: t(`verb.${RELATION}.remove`) }))
    } catch (error) {
      toasts.bad(problemWords(words, error, RELATION))
    }
  }

  const isEmpty = !parts.length && !relations.length && !groups.length
  return (
    <Section title={t('asset.related')} extra={mayAdd && <Button type="text" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t(`verb.${RELATION}.create`)}</Button>}>
      {isEmpty ? <p className="muted">{t('life.no_relations')}</p> : (
        <ul className="plain-list">
          {groups.map((one) => <li key={one.group_id}><span className="muted">{t('asset.system')}</span> {one.name}</li>)}
          {parts.map((one) => <li key={one.id}><span className="muted">{t('asset.part')}</span> <Link to="/assets/$id" params={{ id: one.id }}>{one.name}</Link></li>)}
          {relations.map((one) => (
            <li key={one.id} className="related">
              <span><span className="muted">{t(`choice.${RELATION}.kind.${one.kind}`)} {one.outward ? '→' : '←'}</span> <Link to="/assets/$id" params={{ id: one.asset_id }}>{one.name}</Link></span>
              {mayRemove && <button type="button" className="icon-button" aria-label={`${t(`verb.${RELATION}.remove`)}: ${one.name}`} onClick={() => void remove(one.id)}><X size={14} /></button>}
            </li>
          ))}
        </ul>
      )}
      {isAdding && <FormDialog kind={RELATION} title={t(`verb.${RELATION}.create`)} fields={RELATED} initial={{ kind: 'feeds' }} onClose={() => setAdding(false)} onSubmit={async (values) => { await run([{ path: 'assets/relations/create', args: { ...values, source_id: assetId } }]) }} />}
    </Section>
  )
}

/** Sums of frozen cost by kind; two currencies are never added. */
export function CostsSection({ costs }: { costs: CostLine[] }) {
  const { t, formats } = useWords()
  const sums = new Map<string, CostLine & { sum: number }>()
  for (const line of costs) {
    const key = `${line.kind} ${line.currency}`
    sums.set(key, { ...line, sum: (sums.get(key)?.sum ?? 0) + Number(line.amount) })
  }
  return (
    <Section title={t('asset.costs')}>
      {sums.size === 0 ? <Empty title={t('asset.no_costs')} /> : (
        <dl className="facts">
          {[...sums.entries()].map(([key, line]) => <div key={key} className="fact"><dt>{t(`choice.finance.cost.kind.${line.kind}`)}</dt><dd>{formats.money(line.sum, line.currency)}</dd></div>)}
        </dl>
      )}
    </Section>
  )
}
