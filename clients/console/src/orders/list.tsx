// All work orders as a table whose state lives in the address.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { ImportLink } from '../imports/link'
import { useGrant } from '../session'
import { ORDER, ORDERS } from './data'
import { GiveMarked } from './give-marked'

const COLUMNS = ['number', 'title', 'state', 'priority', 'parts', 'asset_name', 'place', 'leading', 'reported_at', 'due_at']

export default function Orders() {
  const { t } = useWords()
  const mayEdit = useGrant('work.order.edit')
  const mayGive = useGrant('work.order.assign')
  const state = useSearch({ from: '/inside/orders' })
  const navigate = useNavigate({ from: '/orders' })
  return (
    <PageShell
      isFilling
      title={t('nav.orders')}
      actions={<><ImportLink target="orders" /><Link to="/orders/new" search={{}}><Button type="primary" tabIndex={-1} icon={<Plus size={16} />}>{t('order.new')}</Button></Link></>}
    >
      <DataTable
        listing={ORDERS}
        state={state}
        onState={(next) => void navigate({ search: next, replace: true })}
        columns={COLUMNS}
        bulkKind={mayEdit ? ORDER : undefined}
        bulkActs={mayGive ? (ids) => <GiveMarked ids={ids} /> : undefined}
        lead="title"
        link={(row, content) => <Link to="/orders/$id" params={{ id: row.id }}>{content}</Link>}
        empty={<Empty title={t('orders.empty')} text={t('orders.empty_text')} />}
      />
    </PageShell>
  )
}
