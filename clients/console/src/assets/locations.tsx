// The location tree, opened branch by branch, with the assets of the chosen place.
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Filter } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, StateTag, useApi, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Tree, type TreeDataNode } from 'antd'
import { useEffect, useState } from 'react'
import { ASSET, ASSETS, LOCATIONS, type LocationRow } from './data'

const children = (parent: string | null): Filter =>
  parent ? { field: 'parent_id', op: 'eq', value: parent } : { field: 'parent_id', op: 'is_null', value: true }

type Branches = Record<string, LocationRow[]>

function toNodes(rows: LocationRow[], branches: Branches, kindWords: (kind: string) => string): TreeDataNode[] {
  return rows.map((row) => ({
    key: row.id,
    title: <>{row.name} {row.kind && <span className="tree-kind">{kindWords(row.kind)}</span>}</>,
    isLeaf: row.child_count === 0 || branches[row.id]?.length === 0,
    children: branches[row.id] ? toNodes(branches[row.id]!, branches, kindWords) : undefined,
  }))
}

function PlaceAssets({ id }: { id: string }) {
  const { t } = useWords()
  const place = useRows<LocationRow>(LOCATIONS, { filter: { field: 'id', op: 'eq', value: id }, limit: 1 }).data?.rows[0]
  const rows = useRows(ASSETS, { filter: { field: 'location_id', op: 'eq', value: id }, limit: 100, sort: 'name', count: 'estimated' })
  return (
    <Section isBare title={<>{place?.name ?? t('nav.assets')}{rows.data?.count ? <span className="section-count">{rows.data.count.value}</span> : null}</>}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading /> : rows.data.rows.length === 0 ? <Empty title={t('location.no_assets')} /> : (
        <ul className="rows">
          {rows.data.rows.map((row) => (
            <li key={row.id}>
              <Link to="/assets/$id" params={{ id: row.id }} className="row-link">
                <span className="row-title">{String(row.name)}</span>
                <span className="row-side"><StateTag kind={ASSET} state={String(row.state)} /></span>
                <span className="row-sub">{String(row.number ?? '')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export default function Locations() {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate({ from: '/locations' })
  const { at } = useSearch({ from: '/inside/locations' })
  const roots = useRows<LocationRow>(LOCATIONS, { filter: children(null), limit: 200, sort: 'name' })
  const [branches, setBranches] = useState<Branches>({})

  async function open(parent: string): Promise<void> {
    const query = { filter: children(parent), limit: 200, sort: 'name' }
    const answer = await queries.fetchQuery({ queryKey: ['list', LOCATIONS, query], queryFn: () => api.list<LocationRow>(LOCATIONS, query) })
    setBranches((now) => ({ ...now, [parent]: answer.rows }))
  }

  useEffect(() => setBranches({}), [roots.dataUpdatedAt])

  return (
    <PageShell title={t('nav.locations')}>
      <div className="tree-split">
        <Section title={t('location.tree')}>
          {roots.error ? <Failed error={roots.error} /> : !roots.data ? <Loading /> : roots.data.rows.length === 0 ? <Empty title={t('location.empty')} text={t('location.empty_text')} /> : (
            <Tree
              blockNode
              treeData={toNodes(roots.data.rows, branches, (kind) => t(`choice.assets.location.kind.${kind}`))}
              loadData={(node) => open(String(node.key))}
              selectedKeys={at ? [at] : []}
              onSelect={([key]) => void navigate({ search: { at: key ? String(key) : undefined } })}
            />
          )}
        </Section>
        {at ? <PlaceAssets id={at} /> : <Section><Empty title={t('location.choose')} /></Section>}
      </div>
    </PageShell>
  )
}
