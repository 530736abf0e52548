// Requests: what people ask for, and whether somebody has answered.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Filter } from '@trunnion/kit/api'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Segmented } from 'antd'
import { Phone } from 'lucide-react'
import { ImportLink } from '../imports/link'
import { REQUESTS } from '../orders/data'
import { useGrant } from '../session'

const COLUMNS = ['number', 'title', 'kind', 'state', 'is_stopped', 'asset', 'customer', 'reporter', 'channel', 'received_at', 'order_number', 'urged_count']
const WAITING: Filter = { field: 'state', op: 'eq', value: 'new' }

export default function Requests() {
  const { t } = useWords()
  const { all, ...state } = useSearch({ from: '/inside/requests' })
  const navigate = useNavigate({ from: '/requests' })
  const mayTake = useGrant('service.request.create')
  return (
    <PageShell
      isFilling
      title={t('nav.requests')}
      actions={
        <>
          <Segmented
            aria-label={t('request.which')}
            value={all ? 'all' : 'waiting'}
            options={[{ value: 'waiting', label: t('request.waiting') }, { value: 'all', label: t('request.all') }]}
            onChange={(next) => void navigate({ search: { ...state, all: next === 'all' || undefined }, replace: true })}
          />
          <ImportLink target="requests" />
          {mayTake && <Link to="/requests/new" search={{}}><Button type="primary" tabIndex={-1} icon={<Phone size={15} />}>{t('request.take')}</Button></Link>}
        </>
      }
    >
      <DataTable
        listing={REQUESTS}
        state={state}
        onState={(next) => void navigate({ search: { ...next, all }, replace: true })}
        columns={COLUMNS}
        lead="title"
        baseFilter={all ? undefined : WAITING}
        link={(row, content) => <Link to="/requests/$id" params={{ id: row.id }}>{content}</Link>}
        empty={<Empty title={t(all ? 'request.none' : 'request.none_waiting')} text={t(all ? 'request.none_text' : 'request.none_waiting_text')} />}
      />
    </PageShell>
  )
}
