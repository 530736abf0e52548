// Buying: what is suggested, what is on its way, and by which terms and rules.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Loading } from '@trunnion/kit/plain'
import { DataTable, FormDialog, PageShell, useSteps, type FieldSpec, type ListState } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tabs } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { itemReference, partyReference, storeReference } from '../references'
import { useGrant } from '../session'
import { LINE, PURCHASE, PURCHASES } from './data'

const Suggestions = lazy(() => import('./suggestions'))

const NEW: FieldSpec[] = [
  { key: 'store_id', type: 'reference', words_key: `field.${PURCHASE}.store_id`, reference: storeReference, isRequired: true },
  { key: 'party_id', type: 'reference', words_key: `field.${PURCHASE}.party_id`, reference: partyReference },
  { key: 'item_id', type: 'reference', words_key: `field.${LINE}.item_id`, reference: itemReference, isRequired: true },
  { key: 'quantity', type: 'number', words_key: `field.${LINE}.quantity`, min: 0, isRequired: true, isHalf: true },
  { key: 'price', type: 'number', words_key: `field.${LINE}.price`, min: 0, isHalf: true, help_key: 'purchase.price_help' },
  { key: 'needed_on', type: 'date', words_key: `field.${LINE}.needed_on`, isHalf: true },
  { key: 'reason', type: 'text', words_key: `field.${LINE}.reason` },
]

function NewPurchase({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const run = useSteps(PURCHASES)

  async function create({ store_id, party_id, quantity, price, ...line }: Record<string, unknown>): Promise<void> {
    const lines = [{ ...line, quantity: String(quantity), ...(price === undefined || price === null ? {} : { price: String(price) }) }]
    const made = await run([{ path: `${PURCHASES}/create`, args: { store_id, ...(party_id ? { party_id } : {}), lines } }])
    if (made) await navigate({ to: '/purchases/$id', params: { id: made.id } })
  }

  return <FormDialog kind={PURCHASE} title={t(`verb.${PURCHASE}.create`)} fields={NEW} onClose={onClose} onSubmit={create} />
}

function Table({ listing, columns, lead }: { listing: string; columns: string[]; lead: string }) {
  const [state, setState] = useState<ListState>({})
  return (
    <DataTable
      listing={listing}
      state={state}
      onState={setState}
      columns={columns}
      lead={lead}
      link={(row, content) => {
        if (listing === PURCHASES) return <Link to="/purchases/$id" params={{ id: row.id }}>{content}</Link>
        if (typeof row.purchase_id === 'string') return <Link to="/purchases/$id" params={{ id: row.purchase_id }}>{content}</Link>
        if (typeof row.item_id === 'string') return <Link to="/items/$id" params={{ id: row.item_id }}>{content}</Link>
        return content
      }}
    />
  )
}

export default function Purchases() {
  const { t } = useWords()
  const { tab = 'suggestions' } = useSearch({ from: '/inside/purchases' })
  const navigate = useNavigate({ from: '/purchases' })
  const [isAdding, setAdding] = useState(false)
  const mayAdd = useGrant(`${PURCHASE}.create`)
  const items = [
    { key: 'suggestions', label: t('purchase.suggestions'), children: <div className="tab-scroll"><Suspense fallback={<Loading />}><Suggestions /></Suspense></div> },
    { key: 'purchases', label: t('purchase.purchases'), children: <Table listing={PURCHASES} lead="number" columns={['number', 'state', 'supplier', 'store', 'amount', 'expected_on', 'asked_by_name', 'created_at']} /> },
    { key: 'receipts', label: t('purchase.receipts'), children: <Table listing="inventory/receipts" lead="number" columns={['number', 'kind', 'purchase', 'supplier', 'item_name', 'accepted', 'rejected', 'returned', 'unit', 'happened_at']} /> },
    { key: 'terms', label: t('purchase.terms'), children: <Table listing="inventory/supplier_terms" lead="item_name" columns={['item_code', 'item_name', 'supplier', 'price', 'currency', 'unit', 'minimum', 'lead_days', 'from_on', 'until_on']} /> },
    { key: 'policies', label: t('purchase.policies'), children: <Table listing="inventory/replenishment" lead="item_name" columns={['item_code', 'item_name', 'store', 'method', 'minimum', 'maximum', 'service_level', 'lead_days', 'cover_days']} /> },
  ]
  return (
    <PageShell isFilling title={t('nav.purchases')} actions={mayAdd && <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t(`verb.${PURCHASE}.create`)}</Button>}>
      <Tabs className="filling-tabs" destroyOnHidden activeKey={tab} onChange={(key) => void navigate({ search: { tab: key === 'suggestions' ? undefined : key }, replace: true })} items={items} />
      {isAdding && <NewPurchase onClose={() => setAdding(false)} />}
    </PageShell>
  )
}
