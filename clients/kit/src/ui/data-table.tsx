// Any listing of the server as a table (cards on a phone), drawn from its column metadata.
import { Button, Popover } from 'antd'
import { Columns3, Pencil, X } from 'lucide-react'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { Column, Filter, Row } from '../api'
import { Empty, Failed, Loading } from '../plain/states'
import { useWords } from '../words'
import { ExportButton } from './export-button'
import { FilterBar } from './filter-bar'
import { columnName, joinFilters, useListing, useListingMeta, type ListState } from './listing'
import { TableRows, type RowsProps, type Selection } from './table-rows'

const ColumnChooser = lazy(() => import('./column-chooser'))
const GroupedRows = lazy(() => import('./grouped-rows'))
const ViewsMenu = lazy(() => import('./views'))
const BulkEdit = lazy(() => import('./bulk-edit'))

export interface DataTableProps extends Pick<RowsProps, 'lead' | 'link' | 'cells'> {
  listing: string
  state: ListState
  onState: (state: ListState) => void
  /** Columns shown, in order, until somebody chooses others; those that the server does not have are left out. */
  columns?: string[]
  baseFilter?: Filter
  empty?: ReactNode
  /** The kind of record whose edit verb may be done to many rows; absent where the reader may not. */
  bulkKind?: string
}

const FIRST = 8
const PAGE = 100

function shownColumns(all: Column[], chosen: string[] | undefined, wanted: string[] | undefined, lead: string): Column[] {
  const usable = all.filter((column) => column.type !== 'id')
  const found = (chosen ?? wanted)?.flatMap((key) => usable.filter((column) => column.key === key)) ?? []
  if (!found.length) return usable.filter((column) => !column.hidden).slice(0, FIRST)
  // Without the column that leads to the record nobody could open it.
  return found.some((column) => column.key === lead) ? found : [...usable.filter((column) => column.key === lead), ...found]
}

function useSelection(isOn: boolean): Selection & { clear: () => void } | undefined {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return useMemo(() => {
    if (!isOn) return undefined
    return {
      ids,
      clear: () => setIds(new Set()),
      set: (some, isMarked) => setIds((before) => {
        const next = new Set(before)
        for (const id of some) if (isMarked) next.add(id); else next.delete(id)
        return next
      }),
    }
  }, [ids, isOn])
}

interface BarProps extends DataTableProps {
  name: string
  all: Column[]
  shown: Column[]
  hasSearch: boolean
  sort: string
  filter: Filter | undefined
  count: ReactNode
}

function TableBar({ listing, name, all, shown, hasSearch, sort, filter, count, state, onState, lead }: BarProps) {
  const { t, words } = useWords()
  const keys = shown.map((column) => column.key)
  const sorting = all.filter((column) => column.sortable)
  const grouping = all.filter((column) => column.type === 'choice' && column.filterable)
  return (
    <div className="table-bar">
      <FilterBar columns={all} hasSearch={hasSearch} state={state} onState={onState} />
      <select className="phone-sort" aria-label={t('kit.table.sort')} value={sort.split(',')[0]} onChange={(event) => onState({ ...state, sort: event.target.value })}>
        {sorting.flatMap((column) => [
          <option key={column.key} value={column.key}>{columnName(column, words)} ↑</option>,
          <option key={`-${column.key}`} value={`-${column.key}`}>{columnName(column, words)} ↓</option>,
        ])}
      </select>
      <div className="table-side">
        {count}
        {grouping.length > 0 && (
          <select className="wide-only table-by" aria-label={t('kit.table.group')} value={state.group ?? ''} onChange={(event) => onState({ ...state, group: event.target.value || undefined })}>
            <option value="">{t('kit.table.group')}</option>
            {grouping.map((column) => <option key={column.key} value={column.key}>{columnName(column, words)}</option>)}
          </select>
        )}
        <Popover trigger="click" placement="bottomRight" destroyOnHidden content={<Suspense><ColumnChooser all={all.filter((column) => column.type !== 'id')} shown={keys} lead={lead} onChange={(columns) => onState({ ...state, columns })} /></Suspense>}>
          <Button type="text" className="wide-only" icon={<Columns3 size={15} />} aria-label={t('kit.columns.title')}>{t('kit.columns.title')}</Button>
        </Popover>
        <Suspense><ViewsMenu name={name} columns={keys} state={state} onState={onState} /></Suspense>
        <ExportButton listing={listing} query={{ filter, search: state.search, sort: state.sort, columns: keys }} />
      </div>
    </div>
  )
}

export function DataTable(props: DataTableProps) {
  const { listing, state, onState, baseFilter, empty, lead, bulkKind } = props
  const { t, formats } = useWords()
  const meta = useListingMeta(listing)
  const sort = state.sort ?? meta.data?.sort ?? ''
  const filter = useMemo(() => joinFilters(baseFilter, state.filters, state.any), [baseFilter, state.filters, state.any])
  const all = meta.data?.columns
  const shown = useMemo(() => shownColumns(all ?? [], state.columns, props.columns, lead), [all, state.columns, props.columns, lead])
  // Only what is shown is asked for; before the columns are known nothing is.
  const asked = useMemo(() => (props.cells ? undefined : ['id', ...shown.map((column) => column.key)]), [props.cells, shown])
  const page = useListing(listing, { filter, search: state.search, sort: state.sort, count: 'estimated', columns: asked, limit: PAGE }, Boolean(all))
  const rows = useMemo<Row[]>(() => page.data?.pages.flatMap((one) => one.rows) ?? [], [page.data])
  const selection = useSelection(bulkKind !== undefined)
  const [isEditing, setEditing] = useState(false)

  if (meta.error) return <Failed error={meta.error} onRetry={() => void meta.refetch()} />
  if (!meta.data || !all) return <Loading lines={8} />

  const count = page.data?.pages[0]?.count
  const isFiltered = Boolean(state.search || state.filters?.length)
  const by = all.find((column) => column.key === state.group && column.choices?.length)
  const drawing = { columns: shown, sort, onSort: (next: string) => onState({ ...state, sort: next }), lead, link: props.link, cells: props.cells, selection }
  const counted = count && <span className="table-count">{t(count.exact ? 'kit.table.count' : 'kit.table.count_about', { count: formats.number(count.value) })}</span>
  return (
    <div className="data-table-box" aria-busy={page.isFetching}>
      <TableBar {...props} name={meta.data.name} all={all} shown={shown} hasSearch={meta.data.search} sort={sort} filter={filter} count={counted} />
      {selection && selection.ids.size > 0 && (
        <div className="mark-bar" role="status">
          <strong>{t('kit.bulk.marked', { count: formats.number(selection.ids.size) })}</strong>
          <Button size="small" icon={<Pencil size={13} />} onClick={() => setEditing(true)}>{t('kit.bulk.edit')}</Button>
          <Button size="small" type="text" icon={<X size={13} />} onClick={selection.clear}>{t('kit.clear')}</Button>
        </div>
      )}
      {page.error ? <Failed error={page.error} onRetry={() => void page.refetch()} />
        : page.isPending ? <Loading lines={10} />
        : rows.length === 0 ? (isFiltered || !empty ? <Empty isFiltered={isFiltered} /> : empty)
        : by ? <Suspense fallback={<Loading lines={10} />}><GroupedRows {...drawing} listing={listing} by={by} filter={filter} search={state.search} /></Suspense>
        : <TableRows {...drawing} rows={rows} hasMore={page.hasNextPage} loadMore={() => { if (!page.isFetchingNextPage) void page.fetchNextPage() }} />}
      {isEditing && selection && bulkKind && <Suspense><BulkEdit listing={listing} kind={bulkKind} ids={[...selection.ids]} onClose={() => { setEditing(false); selection.clear() }} /></Suspense>}
    </div>
  )
}
