// Sections of the asset's file that list what belongs to it.
import { Link } from '@tanstack/react-router'
import type { Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { Section, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { nameOf, type Ref } from '../orders/data'
import { useStuck, type AttributeCard } from '../records/stuck'
import type { Asset } from './data'

export function InstallationsSection({ asset }: { asset: Asset }) {
  const { t, formats } = useWords()
  if (!asset.installations.length) return null
  return (
    <Section title={t('asset.installations')}>
      <Timeline
        label={t('asset.installations')}
        steps={asset.installations.map((one) => ({
          key: one.id,
          title: one.place,
          body: `${formats.date(one.from_at)} – ${one.until_at ? formats.date(one.until_at) : t('asset.until_now')}`,
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

export function AttributesSection({ kind, id }: { kind: string; id: string }) {
  const { t } = useWords()
  const stuck = useStuck(kind, id)
  const attributes = stuck.data?.attributes ?? []
  const title = <>{t('asset.attributes')}{attributes.length > 0 && <span className="section-count">{attributes.length}</span>}</>
  return (
    <Section title={title}>
      {stuck.error ? <Failed error={stuck.error} /> : !stuck.data ? <Loading lines={2} /> : attributes.length === 0 ? <Empty title={t('asset.no_attributes')} /> : grouped(attributes).map(([group, ones]) => (
        <div key={group}>
          {group && <h3 className="sub-title">{group}</h3>}
          <dl className="attributes">
            {ones.map((one) => <div key={one.id}><dt>{one.name}</dt><dd>{one.text} {one.unit_text || one.unit}</dd></div>)}
          </dl>
        </div>
      ))}
    </Section>
  )
}

interface FailureRow extends Row {
  order: Ref | string
  order_id?: string
  mode?: string | Ref | null
  cause?: string | Ref | null
  detected_at?: string
}

export function FailuresSection({ assetId }: { assetId: string }) {
  const { t, formats } = useWords()
  const rows = useRows<FailureRow>('work/failures', { filter: { field: 'asset_id', op: 'eq', value: assetId }, limit: 20 })
  return (
    <Section title={t('order.failures')} isBare={Boolean(rows.data?.rows.length)}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading lines={2} /> : rows.data.rows.length === 0 ? <Empty title={t('asset.no_failures')} /> : (
        <ul className="rows">
          {rows.data.rows.map((row) => (
            <li key={row.id}>
              <Link to="/orders/$id" params={{ id: row.order_id ?? (row.order as Ref).id }} className="row-link">
                <span className="row-title">{nameOf(row.mode) || t('asset.failure_unknown')}</span>
                <span className="row-side">{row.detected_at && formats.date(row.detected_at)}</span>
                <span className="row-sub">{nameOf(row.cause)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

interface CostRow extends Row {
  kind: string
  amount: string | { amount: string; currency: string }
  currency?: string
  booked_at?: string
}

function moneyOf(row: CostRow): { amount: number; currency: string } {
  if (typeof row.amount === 'object') return { amount: Number(row.amount.amount), currency: row.amount.currency }
  return { amount: Number(row.amount), currency: row.currency ?? 'EUR' }
}

/** Sums of frozen cost by kind; two currencies are never added. */
export function CostsSection({ assetId }: { assetId: string }) {
  const { t, formats } = useWords()
  const rows = useRows<CostRow>('finance/cost_entries', { filter: { field: 'asset_id', op: 'eq', value: assetId }, limit: 200 })
  const sums = new Map<string, { kind: string; currency: string; amount: number }>()
  for (const row of rows.data?.rows ?? []) {
    const { amount, currency } = moneyOf(row)
    const key = `${row.kind} ${currency}`
    sums.set(key, { kind: row.kind, currency, amount: (sums.get(key)?.amount ?? 0) + amount })
  }
  return (
    <Section title={t('asset.costs')}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading lines={2} /> : sums.size === 0 ? <Empty title={t('asset.no_costs')} /> : (
        <dl className="facts">
          {[...sums.values()].map((sum) => (
            <div key={`${sum.kind}${sum.currency}`} className="fact"><dt>{t(`choice.finance.cost_entry.kind.${sum.kind}`)}</dt><dd>{formats.money(sum.amount, sum.currency)}</dd></div>
          ))}
        </dl>
      )}
    </Section>
  )
}
