// An item's stock card: what each store has, in which bins and lots, for whom it is kept, who lacks it, what moved.
import './stock.css'
import { Link, useParams } from '@tanstack/react-router'
import type { Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { FormDialog, PageShell, Section, useRows, useSteps, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { ArrowLeftRight, PackagePlus, Undo2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { binReference, storeReference } from '../references'
import { useGrant } from '../session'
import { MOVEMENTS, STOCK, useItemStock, type ItemStock, type Kept } from './data'
import { isTracked, serialsOf, TRACKED, unitOf } from './tracked'

const Move = lazy(() => import('./receive'))
const MOST = 50
const field = (key: string): string => `field.inventory.stock.${key}`

function Levels({ item }: { item: ItemStock }) {
  const { t, formats } = useWords()
  if (!item.stores.length) return <Empty title={t('stock.item_none')} />
  const hasMoney = item.stores.some((one) => one.value !== null)
  const unit = unitOf(item.unit)
  const column = (key: string): string => t(`column.inventory.values.${key}`)
  return (
    <div className="table-wrap">
      <table className="small-table padded">
        <thead>
          <tr>
            <th scope="col">{column('store')}</th>
            {['on_hand', 'reserved', 'available'].map((key) => <th key={key} scope="col" data-numeric="true">{column(key)}</th>)}
            {hasMoney && <><th scope="col" data-numeric="true">{t(field('unit_cost'))}</th><th scope="col" data-numeric="true">{column('value')}</th></>}
          </tr>
        </thead>
        <tbody>
          {item.stores.map((one) => {
            const parts = item.balances.filter((part) => part.store_id === one.store_id && (part.bin ?? part.lot))
            return (
              <tr key={one.id}>
                <td>
                  <Link to="/stores/$id" params={{ id: one.store_id }}>{one.store}</Link> <span className="muted">{t(`choice.inventory.store.kind.${one.store_kind}`)}</span>
                  {parts.map((part) => <span key={part.id} className="muted lying">{[part.bin, part.lot && t('stock.lot', { lot: part.lot }), part.expires_on && t('stock.expires', { day: formats.date(part.expires_on) })].filter(Boolean).join(' · ')}: {formats.number(Number(part.on_hand))}</span>)}
                </td>
                <td data-numeric="true">{formats.number(Number(one.on_hand))} {unit}</td>
                <td data-numeric="true">{formats.number(Number(one.reserved))}</td>
                <td data-numeric="true">{formats.number(Number(one.free))}</td>
                {hasMoney && <><td data-numeric="true">{formats.money(one.unit_cost ?? 0, item.currency)}</td><td data-numeric="true">{formats.money(one.value ?? 0, item.currency)}</td></>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Needs({ title, kept, emptyText }: { title: string; kept: Kept[]; emptyText: string }) {
  const { t, formats } = useWords()
  return (
    <Section title={<>{title}{kept.length > 0 && <span className="section-count">{kept.length}</span>}</>}>
      {kept.length === 0 ? <p className="muted">{emptyText}</p> : (
        <ul className="plain-list">
          {kept.map((one) => (
            <li key={one.id}>
              {one.label} · {formats.number(Number(one.quantity))} · {one.store}
              <span className="muted">{one.needed_at && ` · ${formats.dateTime(one.needed_at)}`}{one.expected_on && ` · ${t('parts.expected', { day: formats.date(one.expected_on) })}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** From where to where, as a reader would say it. */
function way(row: Row, t: (key: string) => string): string {
  const place = (kind: unknown, store: unknown): string => (store ? String(store) : t(`choice.inventory.movement.place.${String(kind)}`))
  return `${place(row.from_kind, row.from_store)} → ${place(row.to_kind, row.to_store)}`
}

const REVERSIBLE = new Set(['receive', 'transfer', 'scrap', 'adjust'])
const REASON: FieldSpec = { key: 'reason', type: 'text', words_key: field('reason'), isRequired: true, autoFocus: true }

function TakeBack({ row, itemId }: { row: Row; itemId: string }) {
  const { t } = useWords()
  const run = useSteps(itemId)
  const [isAsking, setAsking] = useState(false)
  if (!REVERSIBLE.has(String(row.kind))) return null
  return (
    <>
      <button type="button" className="icon-button" title={t('verb.inventory.movement.reverse')} aria-label={t('verb.inventory.movement.reverse')} onClick={() => setAsking(true)}><Undo2 size={14} aria-hidden /></button>
      {isAsking && <FormDialog kind="inventory.movement" title={t('verb.inventory.movement.reverse')} fields={[REASON]} onClose={() => setAsking(false)} onSubmit={async (values) => { await run([{ path: `inventory/movements/${row.id}/reverse`, args: values }]) }} />}
    </>
  )
}

function Movements({ item }: { item: ItemStock }) {
  const { t, formats } = useWords()
  const mayReverse = useGrant('inventory.movement.reverse')
  const rows = useRows(MOVEMENTS, { filter: { field: 'item_id', op: 'eq', value: item.id }, limit: MOST, columns: ['id', 'moved_at', 'kind', 'quantity', 'value', 'currency', 'from_kind', 'from_store', 'to_kind', 'to_store', 'cause_label', 'lot', 'serial', 'recorded_by_name', 'remark'] })
  return (
    <Section title={t('lists.inventory.movements')} isBare>
      {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} /> : !rows.data ? <Loading lines={4} /> : rows.data.rows.length === 0 ? <Empty title={t('stock.no_movements')} /> : (
        <div className="table-wrap">
          <table className="small-table padded">
            <thead><tr>{['moved_at', 'kind', 'quantity', 'value', 'from_kind', 'cause_label', 'recorded_by_name'].map((key) => <th key={key} scope="col" data-numeric={key === 'quantity' || key === 'value' || undefined}>{key === 'from_kind' ? t('stock.way') : t(`column.inventory.movements.${key}`)}</th>)}<th scope="col"><span className="visually-hidden">{t('verb.inventory.movement.reverse')}</span></th></tr></thead>
            <tbody>
              {rows.data.rows.map((row) => (
                <tr key={row.id}>
                  <td className="muted nowrap">{formats.dateTime(String(row.moved_at))}</td>
                  <td>{t(`choice.inventory.movement.kind.${String(row.kind)}`)}</td>
                  <td data-numeric="true">{formats.number(Number(row.quantity))}</td>
                  <td data-numeric="true">{formats.money(String(row.value), String(row.currency))}</td>
                  <td>{way(row, t)}{Boolean(row.lot ?? row.serial) && <span className="muted"> · {String(row.lot ?? row.serial)}</span>}</td>
                  <td>{String(row.cause_label ?? '')}{Boolean(row.remark) && <span className="muted"> {String(row.remark)}</span>}</td>
                  <td className="muted">{String(row.recorded_by_name ?? '')}</td>
                  <td data-numeric="true">{mayReverse && <TakeBack row={row} itemId={item.id} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

type Correcting = 'scrap' | 'adjust'

function correctingFields(item: ItemStock, verb: Correcting): FieldSpec[] {
  return [
    { key: 'store_id', type: 'reference', words_key: field('store_id'), reference: storeReference, isRequired: true, isHalf: true },
    { key: 'bin_id', type: 'reference', words_key: field('bin_id'), reference: binReference(), isHalf: true },
    verb === 'scrap'
      ? { key: 'quantity', type: 'number', words_key: field('quantity'), isRequired: true, min: 0, isHalf: true, autoFocus: true }
      : { key: 'difference', type: 'number', words_key: field('difference'), isRequired: true, isHalf: true, autoFocus: true, help_key: 'stock.difference_help' },
    ...TRACKED.filter((one) => isTracked(item.tracked_by, one.key)),
    { key: 'reason', type: 'text', words_key: field('reason'), isRequired: true },
  ]
}

function Correct({ item, verb, onClose }: { item: ItemStock; verb: Correcting; onClose: () => void }) {
  const { t } = useWords()
  const run = useSteps(STOCK)
  return (
    <FormDialog
      kind="inventory.stock"
      title={`${t(`verb.inventory.stock.${verb}`)} · ${item.code} ${item.name}`}
      fields={correctingFields(item, verb)}
      initial={{ store_id: item.stores.find((one) => Number(one.on_hand) > 0)?.store_id }}
      isDanger={verb === 'scrap'}
      submit={t(`verb.inventory.stock.${verb}`)}
      onClose={onClose}
      onSubmit={async (values) => { await run([{ path: `inventory/stock/${verb}`, args: { item_id: item.id, ...serialsOf(values) } }]) }}
    />
  )
}

export default function StockItem() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/stock/$id' })
  const query = useItemStock(id)
  const maySeeMoves = useGrant('inventory.movement.read')
  const [asked, ask] = useState<string | null>(null)
  const item = query.data
  if (query.error && !item) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!item) return <Loading lines={8} />
  const may = (verb: string): boolean => item.line_actions.includes(verb)
  return (
    <PageShell
      title={item.name}
      over={<><Link to="/stock" search={{}}>{t('nav.stock')}</Link> <span aria-hidden>/</span> {item.code}</>}
      actions={
        <>
          {may('adjust') && <Button onClick={() => ask('adjust')}>{t('verb.inventory.stock.adjust')}</Button>}
          {may('scrap') && <Button onClick={() => ask('scrap')}>{t('verb.inventory.stock.scrap')}</Button>}
          {may('transfer') && <Button icon={<ArrowLeftRight size={15} />} onClick={() => ask('transfer')}>{t('verb.inventory.stock.transfer')}</Button>}
          {may('receive') && <Button type="primary" icon={<PackagePlus size={15} />} onClick={() => ask('receive')}>{t('verb.inventory.stock.receive')}</Button>}
        </>
      }
    >
      {item.specification && <p className="muted page-lead">{item.specification}</p>}
      <div className="split">
        <div className="split-main">
          <Section title={t('stock.by_store')} isBare><Levels item={item} /></Section>
          {maySeeMoves && <Movements item={item} />}
        </div>
        <div className="split-side">
          {item.reservations && <Needs title={t('stock.kept_for')} kept={item.reservations} emptyText={t('stock.kept_for_nobody')} />}
          {item.shortages && <Needs title={t('stock.lacked_by')} kept={item.shortages} emptyText={t('stock.lacked_by_nobody')} />}
          {item.serials.length > 0 && <Section title={t('field.inventory.stock.serials')}><ul className="plain-list">{item.serials.map((one) => <li key={one.id}>{one.code} <span className="muted">{[one.store, one.bin].filter(Boolean).join(' · ')}</span></li>)}</ul></Section>}
        </div>
      </div>
      {(asked === 'receive' || asked === 'transfer') && <Suspense><Move verb={asked} itemId={item.id} onClose={() => ask(null)} /></Suspense>}
      {(asked === 'adjust' || asked === 'scrap') && <Correct item={item} verb={asked} onClose={() => ask(null)} />}
    </PageShell>
  )
}
