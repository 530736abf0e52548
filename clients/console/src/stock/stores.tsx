// Stores: where stock is kept; new ones are opened here.
import './stock.css'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, FormDialog, PageShell, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useGrant } from '../session'
import { STORE, STORES } from './data'
import { storeFields } from './store-fields'

const COLUMNS = ['code', 'name', 'kind', 'party', 'address', 'is_active']

function NewStore({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return (
    <FormDialog
      kind={STORE}
      title={t('verb.inventory.store.create')}
      fields={storeFields(true)}
      initial={{ kind: 'central' }}
      onClose={onClose}
      onSubmit={async (values) => {
        const made = await api.create(STORE, values)
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(STORES) })
        await navigate({ to: '/stores/$id', params: { id: made.id } })
      }}
    />
  )
}

export default function Stores() {
  const { t } = useWords()
  const state = useSearch({ from: '/inside/stores' })
  const navigate = useNavigate({ from: '/stores' })
  const mayCreate = useGrant('inventory.store.create')
  const [isAsking, setAsking] = useState(false)
  return (
    <PageShell isFilling title={t('nav.stores')} actions={mayCreate && <Button type="primary" icon={<Plus size={15} />} onClick={() => setAsking(true)}>{t('verb.inventory.store.create')}</Button>}>
      <DataTable
        listing={STORES}
        state={state}
        onState={(next) => void navigate({ search: next, replace: true })}
        columns={COLUMNS}
        lead="name"
        link={(row, content) => <Link to="/stores/$id" params={{ id: row.id }}>{content}</Link>}
        empty={<Empty title={t('stock.no_stores')} text={t('stock.no_stores_text')} />}
      />
      {isAsking && <NewStore onClose={() => setAsking(false)} />}
    </PageShell>
  )
}
