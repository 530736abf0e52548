// How an item is bought: its terms and replenishment, what was used of it and what is foreseen.
import '../purchases/purchases.css'
import { useQuery } from '@tanstack/react-query'
import { Section, useApi, useRows, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { choices } from '../orders/verbs'
import { partyReference, storeReference } from '../references'
import { useGrant } from '../session'
import { UNITS, useUnitName, type Item } from './data'
import { Lines, type Line } from './lines'

const TERM = 'inventory.supplier_term'
const POLICY = 'inventory.replenishment'

interface Judged {
  method: string
  rmse: string
  bias: string
  months: number
}

interface StoreDemand {
  store_id: string
  store: string
  months: string[]
  used: string[]
  month: string
  method: string
  factor: string
  accuracy: Judged[]
}

const field = (kind: string, key: string, facts: Partial<FieldSpec> = {}): FieldSpec => ({ key, type: 'text', words_key: `field.${kind}.${key}`, isHalf: true, ...facts })

const TERM_FIELDS: FieldSpec[] = [
  field(TERM, 'party_id', { type: 'reference', reference: partyReference, isRequired: true, isHalf: false }),
  field(TERM, 'price', { type: 'number', min: 0, isRequired: true }),
  field(TERM, 'unit', { type: 'offered', offered: { path: UNITS, list: 'rows' } }),
  field(TERM, 'minimum', { type: 'number', min: 0 }),
  field(TERM, 'lead_days', { type: 'number', min: 0 }),
  field(TERM, 'from_on', { type: 'date' }),
  field(TERM, 'until_on', { type: 'date' }),
  field(TERM, 'contract', { isHalf: false }),
]
const isLevels = (values: Record<string, unknown>): boolean => values.method === 'min_max'
const POLICY_FIELDS: FieldSpec[] = [
  field(POLICY, 'store_id', { type: 'reference', reference: storeReference, isRequired: true, isHalf: false }),
  field(POLICY, 'method', { type: 'choice', choices: choices(['min_max', 'reorder_point'], `choice.${POLICY}.method`), isRequired: true, isHalf: false }),
  field(POLICY, 'minimum', { type: 'number', min: 0, isRequired: true, when: isLevels }),
  field(POLICY, 'maximum', { type: 'number', min: 0, isRequired: true, when: isLevels }),
  field(POLICY, 'service_level', { type: 'number', min: 0.5, max: 0.9999, help_key: 'purchase.service_help', when: (values) => values.method === 'reorder_point' }),
  field(POLICY, 'lead_days', { type: 'number', min: 0 }),
  field(POLICY, 'party_id', { type: 'reference', reference: partyReference, isHalf: false }),
]

export function Terms({ item, isOpen }: { item: Item; isOpen: boolean }) {
  const { t, formats } = useWords()
  const unitName = useUnitName()
  const rows = useRows('inventory/supplier_terms', { filter: { field: 'item_id', op: 'eq', value: item.id }, limit: 50 }).data?.rows ?? []
  const lines: Line[] = rows.map((row) => ({
    id: row.id, name: String(row.supplier), shown: `${String(row.supplier)}: ${formats.money(String(row.price), String(row.currency))} / ${unitName(String(row.unit))}`,
    hint: [
      Number(row.minimum) > 0 && t('purchase.from_quantity', { count: formats.number(String(row.minimum)) }), row.lead_days !== null && t('purchase.lead', { days: formats.number(Number(row.lead_days)) }),
      formats.date(String(row.from_on)), row.until_on ? t('purchase.until', { day: formats.date(String(row.until_on)) }) : '', row.contract,
    ].filter(Boolean).join(' · '),
  }))
  return <Lines itemId={item.id} title={t('purchase.terms')} empty={t('purchase.no_terms')} lines={lines} kind={TERM} path="inventory/supplier_terms" adding="create" fields={TERM_FIELDS} isOpen={isOpen} />
}

export function Replenishment({ item, isOpen }: { item: Item; isOpen: boolean }) {
  const { t, formats } = useWords()
  const rows = useRows('inventory/replenishment', { filter: { field: 'item_id', op: 'eq', value: item.id }, limit: 50 }).data?.rows ?? []
  const lines: Line[] = rows.map((row) => ({
    id: row.id, name: String(row.store), shown: `${String(row.store)}: ${t(`choice.${POLICY}.method.${String(row.method)}`)}`,
    hint: row.method === 'min_max' ? `${formats.number(String(row.minimum))} – ${formats.number(String(row.maximum))}` : formats.percent(Number(row.service_level)),
  }))
  return <Lines itemId={item.id} title={t('purchase.policies')} empty={t('purchase.no_policy')} lines={lines} kind={POLICY} path="inventory/replenishment" adding="set" fields={POLICY_FIELDS} isOpen={isOpen} />
}

function Demanded({ one, unit }: { one: StoreDemand; unit: string }) {
  const { t, formats } = useWords()
  const most = Math.max(1, ...one.used.map(Number))
  return (
    <div>
      <p><strong>{one.store}</strong>: {t('purchase.foreseen', { count: formats.number(one.month), unit, method: t(`choice.inventory.demand.method.${one.method}`) })}</p>
      <div className="bars" role="img" aria-label={t('purchase.used_by_month', { months: one.used.length })}>
        {one.used.map((used, at) => <span key={one.months[at]} style={{ blockSize: `${(Number(used) / most) * 100}%` }} title={`${one.months[at]!.slice(0, 7)}: ${formats.number(used)}`} />)}
      </div>
      <ul className="why muted">
        {one.accuracy.filter((judged) => judged.months > 0).map((judged) => <li key={judged.method}>{t('purchase.judged', { method: t(`choice.inventory.demand.method.${judged.method}`), rmse: formats.number(judged.rmse), bias: formats.number(judged.bias), months: judged.months })}</li>)}
        {Number(one.factor) !== 1 && <li>{t('purchase.factor', { factor: formats.number(one.factor) })}</li>}
      </ul>
    </div>
  )
}

export function Demand({ item }: { item: Item }) {
  const { t } = useWords()
  const api = useApi()
  const unitName = useUnitName()
  const query = useQuery({ queryKey: ['detail', 'inventory/demand', item.id], queryFn: ({ signal }) => api.get<{ stores: StoreDemand[] }>(`inventory/demand/${item.id}`, signal) })
  const stores = query.data?.stores.filter((one) => one.used.length > 0) ?? []
  return (
    <Section title={t('purchase.demand')}>
      {stores.length === 0 && <p className="muted">{t('purchase.no_demand')}</p>}
      {stores.map((one) => <Demanded key={one.store_id} one={one} unit={unitName(item.unit)} />)}
    </Section>
  )
}

/** Each part for those who may see it. */
export function Buying({ item, isOpen }: { item: Item; isOpen: boolean }) {
  const mayTerms = useGrant('inventory.supplier_term.read')
  const mayReplenish = useGrant('inventory.replenishment.read')
  return (
    <>
      {mayTerms && <Terms item={item} isOpen={isOpen} />}
      {mayReplenish && <Replenishment item={item} isOpen={isOpen} />}
      {mayReplenish && <Demand item={item} />}
    </>
  )
}
