// Any listing of the server on a page of its own, drawn from its metadata.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Problem, type Row } from '@trunnion/kit/api'
import { Failed } from '@trunnion/kit/plain'
import { DataTable, PageShell, useListingMeta } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import type { ReactNode } from 'react'
import { ImportLink } from '../imports/link'
import { OF_LISTING } from '../imports/targets'
import { useGrant } from '../session'
import { pageOf, type ListingPage } from './listings'

/** What links lead to is asked for, though not shown. */
const LEADING = ['order_id', 'asset_id', 'item_id', 'purchase_id']

/** A row leads to its own page, or to the order or asset that it belongs to. */
function linkOf({ path, hasPages }: ListingPage, row: Row, content: ReactNode): ReactNode {
  const [room, thing] = path.split('/') as [string, string]
  if (hasPages) return <Link to="/lists/$room/$thing/$id" params={{ room, thing, id: row.id }}>{content}</Link>
  if (path === 'assets/lifecycle_documents') return <Link to="/papers/$id" params={{ id: row.id }}>{content}</Link>
  if (path === 'catalog/items') return <Link to="/items/$id" params={{ id: row.id }}>{content}</Link>
  if (path.startsWith('catalog/') && typeof row.item_id === 'string') return <Link to="/items/$id" params={{ id: row.item_id }}>{content}</Link>
  if (typeof row.purchase_id === 'string') return <Link to="/purchases/$id" params={{ id: row.purchase_id }}>{content}</Link>
  if (path.startsWith('inventory/') && typeof row.item_id === 'string') return <Link to="/stock/$id" params={{ id: row.item_id }}>{content}</Link>
  if (typeof row.order_id === 'string') return <Link to="/orders/$id" params={{ id: row.order_id }}>{content}</Link>
  if (typeof row.asset_id === 'string') return <Link to="/assets/$id" params={{ id: row.asset_id }}>{content}</Link>
  return content
}

function Listed({ page }: { page: ListingPage }) {
  const { t } = useWords()
  const state = useSearch({ from: '/inside/lists/$room/$thing' })
  const [room, thing] = page.path.split('/') as [string, string]
  const navigate = useNavigate()
  const mayEdit = useGrant(page.edit ?? '')
  const keys = useListingMeta(page.path).data?.columns.map((column) => column.key)
  const lead = keys?.includes(page.lead) === false ? (['name', 'title', 'number', 'code', 'asset', 'asset_name', 'order_number', 'order'].find((key) => keys.includes(key)) ?? keys[1]!) : page.lead
  return (
    <PageShell isFilling title={t(`lists.${room}.${thing}`)} over={<Link to="/lists">{t('nav.lists')}</Link>} actions={OF_LISTING[page.path] && <ImportLink target={OF_LISTING[page.path]!} />}>
      <DataTable
        key={page.path}
        listing={page.path}
        state={state}
        onState={(next) => void navigate({ to: '/lists/$room/$thing', params: { room, thing }, search: next, replace: true })}
        also={LEADING}
        lead={lead}
        link={(row, content) => linkOf(page, row, content)}
        bulkKind={page.edit && mayEdit ? page.kind : undefined}
      />
    </PageShell>
  )
}

export default function ListPage() {
  const { room, thing } = useParams({ from: '/inside/lists/$room/$thing' })
  const page = pageOf(`${room}/${thing}`)
  return page ? <Listed page={page} /> : <Failed error={new Problem(404, {})} />
}
