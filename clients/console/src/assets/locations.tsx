// The location tree, opened branch by branch; places are moved by dragging or by a menu, and moved back.
import '../life.css'
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { ExportButton, FormDialog, packed, PageShell, Section, useApi, useCustomFields, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tree, type TreeDataNode } from 'antd'
import { FolderInput, ListChecks, Plus, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { ImportLink } from '../imports/link'
import { useCardDrag } from '../orders/drag'
import { choices } from '../orders/verbs'
import { useGrant } from '../session'
import { LOCATIONS, type Place } from './data'
import { PlacePanel } from './place'
import { LOCATION, useMovePlace, type PlaceFacts } from './places'
import { locationReference } from './references'

const KINDS = ['portfolio', 'site', 'building', 'floor', 'space', 'zone', 'outdoor_point', 'linear_segment']
const FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: 'field.assets.location.name', isRequired: true, autoFocus: true },
  { key: 'kind', type: 'choice', words_key: 'field.assets.location.kind', isRequired: true, isHalf: true, choices: choices(KINDS, 'choice.assets.location.kind') },
  { key: 'code', type: 'text', words_key: 'field.assets.location.code', isHalf: true },
  { key: 'parent_id', type: 'reference', words_key: 'field.assets.location.parent_id', reference: locationReference },
]
const MOST_ABOVE = 20
const MoveMany = lazy(() => import('./move-many'))

type Branches = Map<string, Place[]>
interface Level { rows: Place[]; next: string | null }

/** The roots, and the level below every place that is open; a change anywhere reads them again and leaves them open. */
function useTree(expanded: string[]) {
  const api = useApi()
  const read = (parent: string | null) => ({
    queryKey: ['list', LOCATIONS, 'children', parent],
    queryFn: () => api.get<Level>(`${LOCATIONS}/children?limit=500${parent ? `&parent_id=${parent}` : ''}`),
  })
  const roots = useQuery(read(null))
  const levels = useQueries({ queries: expanded.map(read) })
  const branches: Branches = new Map(expanded.flatMap((id, index) => (levels[index]?.data ? [[id, levels[index].data.rows]] : [])))
  return { roots, branches }
}

function toNodes(rows: Place[], branches: Branches, isMovable: boolean, kindWords: (kind: string) => string): TreeDataNode[] {
  return rows.map((row) => ({
    key: row.id,
    // A place is dropped onto the place that it goes into, wherever on its line.
    title: <span className="place-name" draggable={isMovable} data-id={row.id} data-state={String(row.parent_id ?? '')} data-lane={row.id} data-order={row.name}>{row.name} <span className="tree-kind">{kindWords(row.kind)}{row.asset_count > 0 && ` · ${row.asset_count}`}</span></span>,
    isLeaf: row.child_count === 0,
    children: branches.has(row.id) ? toNodes(branches.get(row.id)!, branches, isMovable, kindWords) : undefined,
  }))
}

/** Opens what stands above the chosen place, so that it is seen in the tree. */
function useReveal(at: string | undefined, onOpen: (ids: string[]) => void): void {
  const api = useApi()
  const queries = useQueryClient()
  useEffect(() => {
    let isGone = false
    async function reveal(): Promise<void> {
      const above: string[] = []
      let id: string | null | undefined = at
      while (id && above.length < MOST_ABOVE) {
        const wanted: string = id
        const place: PlaceFacts = await queries.fetchQuery({ queryKey: ['detail', LOCATIONS, wanted], queryFn: () => api.detail<PlaceFacts>(LOCATION, wanted), staleTime: 20_000 })
        id = place.parent_id
        if (id) above.push(id)
      }
      if (!isGone && above.length) onOpen(above)
    }
    // A place that is not there is told beside the tree.
    reveal().catch(() => undefined)
    return () => { isGone = true }
  }, [at, api, queries, onOpen])
}

function AddPlace({ parent }: { parent: string | undefined }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const run = useSteps(LOCATIONS)
  const own = useCustomFields(LOCATION)
  if (!useGrant('assets.location.create')) return null
  return (
    <>
      <Button icon={<Plus size={15} />} onClick={() => setOpen(true)}>{t('location.new')}</Button>
      {isOpen && <FormDialog kind={LOCATION} title={t('location.new')} fields={[...FIELDS, ...own]} initial={{ kind: parent ? 'space' : 'site', parent_id: parent }} onClose={() => setOpen(false)} onSubmit={async (values) => { await run([{ path: `${LOCATIONS}/create`, args: packed(values) }]) }} />}
    </>
  )
}

/** What lies in a marked place goes along with it. */
function outermost(marked: Place[]): string[] {
  return marked.filter((place) => !marked.some((other) => other.id !== place.id && place.path.startsWith(other.path))).map((place) => place.id)
}

interface MarksProps {
  ids: string[]
  onMove: () => void
  onEnd: () => void
}

function Marks({ ids, onMove, onEnd }: MarksProps) {
  const { t, formats } = useWords()
  return (
    <div className="mark-bar" role="status">
      <strong>{t('kit.bulk.marked', { count: formats.number(ids.length) })}</strong>
      <Button size="small" icon={<FolderInput size={13} />} disabled={!ids.length} onClick={onMove}>{t('location.move')}</Button>
      <Button size="small" type="text" icon={<X size={13} />} onClick={onEnd}>{t('location.mark_end')}</Button>
    </div>
  )
}

function PlaceTree({ at }: { at: string | undefined }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const navigate = useNavigate({ from: '/locations' })
  const mayMove = useGrant('assets.location.move')
  const move = useMovePlace()
  const [expanded, setExpanded] = useState<string[]>([])
  const [openAbove] = useState(() => (ids: string[]): void => setExpanded((now) => [...new Set([...now, ...ids])]))
  const { roots, branches } = useTree(expanded)
  useReveal(at, openAbove)
  const [marks, setMarks] = useState<string[] | null>(null)
  const [isMoving, setMoving] = useState(false)
  const all = [...(roots.data?.rows ?? []), ...[...branches.values()].flat()]
  const placeOf = (id: unknown): Place | undefined => all.find((row) => row.id === id)

  const { board } = useCardDrag((id, _, to) => {
    const place = placeOf(id)
    if (!place || id === to) return
    move(place, to).then(() => openAbove([to])).catch((error: unknown) => toasts.bad(problemWords(words, error, LOCATION)))
  })

  return (
    <Section title={t('location.tree')} extra={mayMove && !marks && all.length > 1 && <Button type="text" icon={<ListChecks size={14} />} onClick={() => setMarks([])}>{t('location.mark')}</Button>}>
      {marks && <Marks ids={marks} onMove={() => setMoving(true)} onEnd={() => setMarks(null)} />}
      {roots.error ? <Failed error={roots.error} /> : !roots.data ? <Loading /> : roots.data.rows.length === 0 ? <Empty title={t('location.empty')} text={t('location.empty_text')} /> : (
        <div ref={board} onKeyDown={(event) => { if (event.key === 'Escape' && !isMoving) setMarks(null) }} role="presentation">
          <Tree
            blockNode
            checkable={marks !== null}
            checkStrictly
            checkedKeys={marks ?? []}
            onCheck={(checked) => setMarks((Array.isArray(checked) ? checked : checked.checked).map(String))}
            className="places"
            treeData={toNodes(roots.data.rows, branches, mayMove && !marks, (kind) => t(`choice.assets.location.kind.${kind}`))}
            expandedKeys={expanded}
            onExpand={(keys) => setExpanded(keys.map(String))}
            selectedKeys={at ? [at] : []}
            onSelect={([key]) => void navigate({ search: { at: key ? String(key) : undefined } })}
          />
          {mayMove && <p className="foot-note wide-only">{t('location.drag_hint')}</p>}
        </div>
      )}
      {isMoving && marks && <Suspense><MoveMany what="places" ids={outermost(all.filter((place) => marks.includes(place.id)))} onClose={() => { setMoving(false); setMarks(null) }} /></Suspense>}
    </Section>
  )
}

export default function Locations() {
  const { t } = useWords()
  const { at } = useSearch({ from: '/inside/locations' })
  return (
    <PageShell title={t('nav.locations')} actions={<><ImportLink target="locations" /><ExportButton listing={LOCATIONS} query={{}} /><AddPlace parent={at} /></>}>
      <div className="tree-split">
        <PlaceTree at={at} />
        {at ? <PlacePanel key={at} id={at} /> : <Section><Empty title={t('location.choose')} /></Section>}
      </div>
    </PageShell>
  )
}
