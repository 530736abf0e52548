// One store: where it stands, who keeps it, its bins, and what lies in it.
import './stock.css'
import { Link, useParams } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Facts, FormDialog, PageShell, Section, useRows, useSteps, VerbBar, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tag } from 'antd'
import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { EditRecord } from '../records/edit'
import { useGrant } from '../session'
import { STOCK, STORE, STORES, useStore, type Store } from './data'
import { storeFields } from './store-fields'
import { unitOf } from './tracked'

const MOST = 200
const BIN: FieldSpec[] = [
  { key: 'code', type: 'text', words_key: 'field.inventory.bin.code', isRequired: true, autoFocus: true, isHalf: true },
  { key: 'name', type: 'text', words_key: 'field.inventory.bin.name', isHalf: true },
]

/** Coordinates are numbers in a form. */
function factsOf(store: object): Record<string, unknown> {
  const { lat, lon, ...rest } = store as Store
  return { ...rest, lat: lat === null ? undefined : Number(lat), lon: lon === null ? undefined : Number(lon) }
}

function Bins({ store }: { store: Store }) {
  const { t } = useWords()
  const run = useSteps(store.id)
  const mayAdd = useGrant('inventory.bin.create')
  const [isAsking, setAsking] = useState(false)
  return (
    <Section title={<>{t('stock.bins')}{store.bins.length > 0 && <span className="section-count">{store.bins.length}</span>}</>} extra={mayAdd && store.is_active && <Button type="text" icon={<Plus size={15} />} onClick={() => setAsking(true)}>{t('verb.inventory.bin.create')}</Button>}>
      {store.bins.length === 0 ? <Empty title={t('stock.no_bins')} /> : (
        <ul className="bins">{store.bins.map((bin) => <li key={bin.id} data-idle={!bin.is_active || undefined}><strong>{bin.code}</strong>{bin.name && <span className="muted"> {bin.name}</span>}</li>)}</ul>
      )}
      {isAsking && <FormDialog kind="inventory.bin" title={t('verb.inventory.bin.create')} fields={BIN} onClose={() => setAsking(false)} onSubmit={async (values) => { await run([{ path: 'inventory/bins/create', args: { store_id: store.id, ...values } }]) }} />}
    </Section>
  )
}

function Contents({ store }: { store: Store }) {
  const { t, formats } = useWords()
  const rows = useRows(STOCK, { filter: { and: [{ field: 'store_id', op: 'eq', value: store.id }, { field: 'on_hand', op: 'gt', value: '0' }] }, limit: MOST, columns: ['id', 'item_id', 'item_code', 'item_name', 'on_hand', 'reserved', 'available', 'unit'] })
  return (
    <Section title={t('stock.contents')} isBare>
      {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} /> : !rows.data ? <Loading lines={4} /> : rows.data.rows.length === 0 ? <Empty title={t('stock.empty_store')} /> : (
        <div className="table-wrap">
          <table className="small-table padded">
            <thead><tr>{['item_name', 'on_hand', 'reserved', 'available'].map((key, index) => <th key={key} scope="col" data-numeric={index > 0 || undefined}>{t(`column.inventory.stock.${key}`)}</th>)}</tr></thead>
            <tbody>
              {rows.data.rows.map((row) => (
                <tr key={row.id}>
                  <td><Link to="/stock/$id" params={{ id: String(row.item_id) }}>{String(row.item_name)}</Link> <span className="muted">{String(row.item_code)}</span></td>
                  <td data-numeric="true">{formats.number(Number(row.on_hand))} {unitOf(String(row.unit))}</td>
                  <td data-numeric="true">{formats.number(Number(row.reserved))}</td>
                  <td data-numeric="true">{formats.number(Number(row.available))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

export default function StorePage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/stores/$id' })
  const query = useStore(id)
  const [isEditing, setEditing] = useState(false)
  const store = query.data
  if (query.error && !store) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!store) return <Loading lines={8} />
  const isPlaced = store.lat !== null && store.lon !== null
  return (
    <PageShell
      title={store.name}
      over={<><Link to="/stores">{t('nav.stores')}</Link> <span aria-hidden>/</span> {store.code}</>}
      tags={<><Tag>{t(`choice.inventory.store.kind.${store.kind}`)}</Tag>{!store.is_active && <Tag>{t('stock.out_of_use')}</Tag>}</>}
      actions={<VerbBar target={{ kind: STORE, id: store.id, version: store.version, path: STORES }} actions={store.actions.filter((verb) => verb !== 'edit')} specs={{ close: { fields: [] }, reopen: { fields: [] } }} />}
    >
      <div className="split">
        <div className="split-main"><Contents store={store} /></div>
        <div className="split-side">
          <Section title={t('order.facts')} extra={store.actions.includes('edit') && <Button type="text" icon={<Pencil size={14} />} onClick={() => setEditing(true)}>{t('people.edit')}</Button>}>
            <Facts facts={[
              { label: t('field.inventory.store.resource_id'), value: store.resource },
              { label: t('field.inventory.store.location_id'), value: store.location },
              { label: t('field.inventory.store.party_id'), value: store.party },
              { label: t('field.inventory.store.address'), value: store.address },
              isPlaced && { label: t('stock.point'), value: `${Number(store.lat)}, ${Number(store.lon)}` },
            ]} />
          </Section>
          <Bins store={store} />
        </div>
      </div>
      {isEditing && <EditRecord kind={STORE} record={store} fields={storeFields(false)} factsOf={factsOf} onClose={() => setEditing(false)} />}
    </PageShell>
  )
}
