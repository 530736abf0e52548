// Any listing of the server as a table (cards on a phone), drawn from its column metadata.
import { Button } from 'antd'
import { ListChecks, Pencil, X } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { Column, Filter, Row } from '../api'
import { Empty, Failed, Loading } from '../plain/states'
import { useWords } from '../words'
import { neededBy, useCellEditing } from './cell-editing'
import { baseOf, FIRST_PAGE, joinFilters, useListing, useListingMeta, useTotals, type ListState, type PageMark } from './listing'
import { TableBar } from './table-bar'
import { useTableLayout } from './table-layout'
import { TableRows, type RowsProps, type Selection } from './table-rows'

const GroupedRows = lazy(() => import('./grouped-rows'))
const BulkEdit = lazy(() => import('./bulk-edit'))

export interface DataTableProps extends Pick<RowsProps, 'lead' | 'link' | 'cells'> {
  listing: string
  state: ListState
  onState: (state: ListState) => void
  /** Columns shown, in order, until somebody chooses others; those that the server does not have are left out. */
  columns?: string[]
  /** Columns that are asked for without being shown: what the links lead to. */
  also?: string[]
  baseFilter?: Filter
  empty?: ReactNode
  /** The kind of record whose edit verb may be done to its rows, one by one or many; absent where the reader may not. */
  bulkKind?: string
  /** More that can be done with the marked rows; with it they can be marked without an edit verb. */
  bulkActs?: (ids: string[]) => ReactNode
}

const FIRST = 8
const PAGE = 100
const ALL: Filter = { and: [] }

function shownColumns(all: Column[], chosen: string[] | undefined, wanted: string[] | undefined, lead: string): Column[] {
  const usable = all.filter((column) => column.type !== 'id')
  const found = (chosen ?? wanted)?.flatMap((key) => usable.filter((column) => column.key === key)) ?? []
  if (!found.length) return usable.filter((column) => !column.hidden).slice(0, FIRST)
  // Without the column that leads to the record nobody could open it.
  return found.some((column) => column.key === lead) ? found : [...usable.filter((column) => column.key === lead), ...found]
}

function useSelection(isOn: boolean): Selection | undefined {
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

/** Which part of the listing is held: from its beginning, until somebody goes far. */
function usePlace(question: string) {
  const [place, setPlace] = useState<{ question: string; from: PageMark }>({ question, from: FIRST_PAGE })
  const from = place.question === question ? place.from : FIRST_PAGE
  return { from, go: useCallback((next: PageMark) => setPlace({ question, from: next }), [question]) }
}

export function DataTable(props: DataTableProps) {
  const { listing, state, onState, also, baseFilter, empty, lead, bulkKind, bulkActs, cells } = props
  const { t, formats } = useWords()
  const meta = useListingMeta(listing)
  const { layout, change } = useTableLayout(listing)
  const sort = state.sort ?? meta.data?.sort ?? ''
  const filter = useMemo(() => joinFilters(baseFilter, state.filters, state.any), [baseFilter, state.filters, state.any])
  const all = meta.data?.columns
  const shown = useMemo(() => shownColumns(all ?? [], state.columns ?? layout.columns, props.columns, lead), [all, state.columns, layout.columns, props.columns, lead])
  const editing = useCellEditing(listing, bulkKind, all)
  // Only what is shown is asked for; before the columns are known nothing is.
  const asked = useMemo(() => (cells ? undefined : [...new Set(['id', ...shown.map((column) => column.key), ...shown.flatMap((column) => column.currency ?? []), ...neededBy(editing, shown), ...(also ?? []).filter((key) => all?.some((column) => column.key === key))])]), [cells, shown, editing, also, all])
  const question = JSON.stringify([listing, filter, state.search, state.sort])
  const { from, go } = usePlace(question)
  const by = all?.find((column) => column.key === state.group && column.groupable)
  const query = useMemo(() => ({ filter, search: state.search, sort: state.sort, count: 'estimated' as const, columns: asked, limit: PAGE }), [filter, state.search, state.sort, asked])
  const page = useListing(listing, query, Boolean(all) && !by, from)
  const summed = useMemo(() => shown.filter((column) => column.summed).map((column) => column.key), [shown])
  const totals = useTotals(listing, { filter, search: state.search, columns: summed }, summed.length > 0 && !by)
  const rows = useMemo<Row[]>(() => page.data?.pages.flatMap((one) => one.rows) ?? [], [page.data])
  const selection = useSelection(bulkKind !== undefined || bulkActs !== undefined)
  const [isEditing, setEditing] = useState<'marked' | 'all' | null>(null)
  const { hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage, isFetching } = page
  const base = baseOf(page.data?.pageParams)
  const loadMore = useCallback(() => { if (!isFetching) void fetchNextPage() }, [isFetching, fetchNextPage])
  const loadBefore = useCallback(() => { if (!isFetching) void fetchPreviousPage() }, [isFetching, fetchPreviousPage])
  const onFar = useCallback((index: number) => {
    // Rows between what is held and where somebody went were let go: near ones are walked back to, far ones mean the top.
    if (index > PAGE && base - index < PAGE * 4) loadBefore()
    else if (base > 0) go(FIRST_PAGE)
  }, [base, go, loadBefore])

  if (meta.error) return <Failed error={meta.error} onRetry={() => void meta.refetch()} />
  if (!meta.data || !all) return <Loading lines={8} />

  const count = page.data?.pages[0]?.count ?? (totals.data && { value: totals.data.count, exact: true })
  const isFiltered = Boolean(state.search || state.filters?.length)
  const arrange = (columns: string[] | undefined): void => {
    change({ columns })
    onState({ ...state, columns })
  }
  const move = (key: string, step: number): void => {
    const keys = shown.map((column) => column.key)
    const at = keys.indexOf(key)
    if (at < 0 || at + step < 0 || at + step >= keys.length) return
    arrange(keys.toSpliced(at, 1).toSpliced(at + step, 0, key))
  }
  const drawing = {
    columns: shown, sort, onSort: (next: string) => onState({ ...state, sort: next }), lead, link: props.link, cells, selection, editing, layout, onMove: move,
    onWidth: (key: string, width: number) => change({ widths: { ...layout.widths, [key]: width } }),
  }
  const counted = count && <span className="table-count">{t(count.exact ? (count.value === 1 ? 'kit.table.count_one' : 'kit.table.count') : 'kit.table.count_about', { count: formats.number(count.value) })}</span>
  const isAllMarked = selection !== undefined && rows.length > 0 && rows.every((row) => selection.ids.has(row.id)) && (hasNextPage || base > 0)
  return (
    <div className="data-table-box" aria-busy={isFetching}>
      <TableBar {...props} name={meta.data.name} all={all} shown={shown} hasSearch={meta.data.search} sort={sort} filter={filter} count={counted} onColumns={arrange} />
      {selection && selection.ids.size > 0 && (
        <div className="mark-bar" role="status">
          <strong>{t('kit.bulk.marked', { count: formats.number(selection.ids.size) })}</strong>
          {bulkKind && <Button size="small" icon={<Pencil size={13} />} onClick={() => setEditing('marked')}>{t('kit.bulk.edit')}</Button>}
          {bulkKind && isAllMarked && count && <Button size="small" icon={<ListChecks size={13} />} onClick={() => setEditing('all')}>{t('kit.bulk.edit_all', { count: formats.number(count.value) })}</Button>}
          {bulkActs?.([...selection.ids])}
          <Button size="small" type="text" icon={<X size={13} />} onClick={selection.clear}>{t('kit.clear')}</Button>
        </div>
      )}
      {by ? <Suspense fallback={<Loading lines={10} />}><GroupedRows {...drawing} listing={listing} by={by} filter={filter} search={state.search} asked={asked} /></Suspense>
        : page.error && !rows.length ? <Failed error={page.error} onRetry={() => void page.refetch()} />
        : page.isPending ? <Loading lines={10} />
        : rows.length === 0 ? (isFiltered || !empty ? <Empty isFiltered={isFiltered} /> : empty)
        : <TableRows {...drawing} rows={rows} base={base} total={count?.exact ? count.value : undefined} hasMore={hasNextPage} loadMore={loadMore} hasBefore={hasPreviousPage} loadBefore={loadBefore} onFar={onFar} totals={totals.data?.totals} question={question} />}
      {isEditing && selection && bulkKind && (
        <Suspense>
          <BulkEdit
            listing={listing}
            kind={bulkKind}
            rows={isEditing === 'all' ? { filter: filter ?? ALL, search: state.search } : { ids: [...selection.ids] }}
            count={isEditing === 'all' ? (count?.value ?? 0) : selection.ids.size}
            onClose={() => { setEditing(null); selection.clear() }}
          />
        </Suspense>
      )}
    </div>
  )
}
