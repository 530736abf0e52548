// The location tree, opened branch by branch, with the assets of the chosen place.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { FormDialog, PageShell, Section, StateTag, useApi, useRows, useSteps, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tree, type TreeDataNode } from 'antd'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { choices } from '../orders/verbs'
import { useGrant } from '../session'
import { ASSET, ASSETS, LOCATIONS, type Place } from './data'
import { locationReference } from './references'

const KINDS = ['portfolio', 'site', 'building', 'floor', 'space', 'zone', 'outdoor_point', 'linear_segment']
const FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: 'field.assets.location.name', isRequired: true, autoFocus: true },
  { key: 'kind', type: 'choice', words_key: 'field.assets.location.kind', isRequired: true, isHalf: true, choices: choices(KINDS, 'choice.assets.location.kind') },
  { key: 'code', type: 'text', words_key: 'field.assets.location.code', isHalf: true },
  { key: 'parent_id', type: 'reference', words_key: 'field.assets.location.parent_id', reference: locationReference },
]

type Branches = Record<string, Place[]>
interface Level { rows: Place[]; next: string | null }

function useLevel() {
  const api = useApi()
  const queries = useQueryClient()
  const read = (parent: string | null) => ({
    queryKey: ['list', LOCATIONS, 'children', parent],
    queryFn: () => api.get<Level>(`${LOCATIONS}/children?limit=500${parent ? `&parent_id=${parent}` : ''}`),
  })
  return { roots: useQuery(read(null)), open: (parent: string) => queries.fetchQuery(read(parent)) }
}

function toNodes(rows: Place[], branches: Branches, kindWords: (kind: string) => string): TreeDataNode[] {
  return rows.map((row) => ({
    key: row.id,
    title: <>{row.name} <span className="tree-kind">{kindWords(row.kind)}{row.asset_count > 0 && ` · ${row.asset_count}`}</span></>,
    isLeaf: row.child_count === 0,
    children: branches[row.id] ? toNodes(branches[row.id]!, branches, kindWords) : undefined,
  }))
}

interface PlaceFacts {
  name: string
  place: string
  path: string
}

function PlaceAssets({ id }: { id: string }) {
  const { t } = useWords()
  const api = useApi()
  const place = useQuery({ queryKey: ['detail', LOCATIONS, id], queryFn: () => api.detail<PlaceFacts>('assets.location', id) }).data
  const inside = { field: 'location_path', op: 'starts' as const, value: place?.path ?? '' }
  const rows = useRows(ASSETS, { filter: inside, limit: 200, sort: 'name', count: 'estimated' }, place !== undefined)
  return (
    <Section isBare title={<>{place?.place ?? t('nav.assets')}{rows.data?.count ? <span className="section-count">{rows.data.count.value}</span> : null}</>}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading /> : rows.data.rows.length === 0 ? <Empty title={t('location.no_assets')} /> : (
        <ul className="rows">
          {rows.data.rows.map((row) => (
            <li key={row.id}>
              <Link to="/assets/$id" params={{ id: row.id }} className="row-link">
                <span className="row-title">{String(row.name)}</span>
                <span className="row-side"><StateTag kind={ASSET} state={String(row.state)} /></span>
                <span className="row-sub">{[row.number, row.model, row.location].filter(Boolean).join(' · ')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function AddPlace({ parent }: { parent: string | undefined }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const run = useSteps(LOCATIONS)
  if (!useGrant('assets.location.create')) return null
  return (
    <>
      <Button icon={<Plus size={15} />} onClick={() => setOpen(true)}>{t('location.new')}</Button>
      {isOpen && <FormDialog kind="assets.location" title={t('location.new')} fields={FIELDS} initial={{ kind: parent ? 'space' : 'site', parent_id: parent }} onClose={() => setOpen(false)} onSubmit={async (values) => { await run([{ path: `${LOCATIONS}/create`, args: values }]) }} />}
    </>
  )
}

export default function Locations() {
  const { t } = useWords()
  const navigate = useNavigate({ from: '/locations' })
  const { at } = useSearch({ from: '/inside/locations' })
  const { roots, open } = useLevel()
  const [branches, setBranches] = useState<Branches>({})

  useEffect(() => setBranches({}), [roots.dataUpdatedAt])

  return (
    <PageShell title={t('nav.locations')} actions={<AddPlace parent={at} />}>
      <div className="tree-split">
        <Section title={t('location.tree')}>
          {roots.error ? <Failed error={roots.error} /> : !roots.data ? <Loading /> : roots.data.rows.length === 0 ? <Empty title={t('location.empty')} text={t('location.empty_text')} /> : (
            <Tree
              key={roots.dataUpdatedAt}
              blockNode
              treeData={toNodes(roots.data.rows, branches, (kind) => t(`choice.assets.location.kind.${kind}`))}
              loadData={async (node) => { const level = await open(String(node.key)); setBranches((now) => ({ ...now, [String(node.key)]: level.rows })) }}
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
