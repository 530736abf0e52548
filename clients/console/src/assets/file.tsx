// Sections of the asset's file that list what belongs to it.
import { Link } from '@tanstack/react-router'
import { fileUrl, type Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { Section, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { FileText } from 'lucide-react'
import { nameOf, type Ref } from '../orders/data'
import type { Asset, Attribute } from './data'

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

function grouped(attributes: Attribute[]): [string, Attribute[]][] {
  const groups = new Map<string, Attribute[]>()
  for (const one of attributes) groups.set(one.group ?? '', [...(groups.get(one.group ?? '') ?? []), one])
  return [...groups]
}

export function AttributesSection({ asset }: { asset: Asset }) {
  const { t } = useWords()
  const title = <>{t('asset.attributes')}{asset.attributes.length > 0 && <span className="section-count">{asset.attributes.length}</span>}</>
  return (
    <Section title={title}>
      {asset.attributes.length === 0 ? <Empty title={t('asset.no_attributes')} /> : grouped(asset.attributes).map(([group, attributes]) => (
        <div key={group}>
          {group && <h3 className="sub-title">{group}</h3>}
          <dl className="attributes">
            {attributes.map((one) => <div key={one.id}><dt>{one.name}</dt><dd>{one.value} {one.unit}</dd></div>)}
          </dl>
        </div>
      ))}
    </Section>
  )
}

export function DocumentsSection({ asset }: { asset: Asset }) {
  const { t } = useWords()
  return (
    <Section title={t('asset.documents')} isBare={asset.documents.length > 0}>
      {asset.documents.length === 0 ? <Empty title={t('asset.no_documents')} /> : (
        <ul className="rows">
          {asset.documents.map((one) => {
            const to = one.file ? fileUrl(one.file.id) : one.url
            const line = <><span className="row-title"><FileText size={15} aria-hidden /> {one.name}</span><span className="row-side">{one.category}</span></>
            return <li key={one.id}>{to ? <a className="row-link" href={to} target="_blank" rel="noreferrer">{line}</a> : <div className="row-link">{line}</div>}</li>
          })}
        </ul>
      )}
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
