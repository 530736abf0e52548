// What is in stock, by part and store, with what is reserved, free, and worth.
import './stock.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { ArrowLeftRight, PackagePlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useGrant } from '../session'
import { STOCK, VALUES } from './data'
import { ScanField } from './scan-field'

const Receive = lazy(() => import('./receive'))
const COLUMNS = ['item_code', 'item_name', 'specification', 'store', 'on_hand', 'reserved', 'available', 'value']
const ALSO = ['item_id']

export default function Stock() {
  const { t } = useWords()
  const state = useSearch({ from: '/inside/stock' })
  const navigate = useNavigate({ from: '/stock' })
  const maySeeValue = useGrant('inventory.value.read')
  const mayReceive = useGrant('inventory.stock.receive')
  const mayTransfer = useGrant('inventory.stock.transfer')
  const [asked, ask] = useState<'receive' | 'transfer' | null>(null)
  return (
    <PageShell
      isFilling
      title={t('nav.stock')}
      actions={
        <>
          {mayTransfer && <Button icon={<ArrowLeftRight size={15} />} onClick={() => ask('transfer')}>{t('verb.inventory.stock.transfer')}</Button>}
          {mayReceive && <Button type="primary" icon={<PackagePlus size={15} />} onClick={() => ask('receive')}>{t('verb.inventory.stock.receive')}</Button>}
        </>
      }
    >
      <ScanField
        label={t('stock.scan')}
        onFound={(found) => {
          const one = found.find((hit) => hit.item_id) ?? found[0]
          if (one?.item_id) void navigate({ to: '/stock/$id', params: { id: one.item_id } })
          else if (one?.store_id) void navigate({ to: '/stores/$id', params: { id: one.store_id } })
          return undefined
        }}
      />
      <DataTable
        listing={maySeeValue ? VALUES : STOCK}
        state={state}
        onState={(next) => void navigate({ search: next, replace: true })}
        columns={COLUMNS}
        also={ALSO}
        lead="item_name"
        link={(row, content) => <Link to="/stock/$id" params={{ id: String(row.item_id) }}>{content}</Link>}
        empty={<Empty title={t('stock.none')} text={t('stock.none_text')} />}
      />
      {asked && <Suspense><Receive verb={asked} onClose={() => ask(null)} /></Suspense>}
    </PageShell>
  )
}
