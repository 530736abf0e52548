// Any listing of the server as a table (cards on a phone), drawn from its column metadata.
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Column, Filter, Row } from '../api'
import { Empty, Failed, Loading } from '../plain/states'
import { useWords } from '../words'
import { cellOf, isNumeric } from './cells'
import { ExportButton } from './export-button'
import { FilterBar } from './filter-bar'
import { joinFilters, useListing, useListingMeta, type ListState } from './listing'

export interface DataTableProps {
  listing: string
  state: ListState
  onState: (state: ListState) => void
  /** Columns shown, in order; those that the server does not have are left out. */
  columns?: string[]
  /** The column that names the record and leads to it. */
  lead: string
  /** Draws the link of a row around its lead cell. */
  link: (row: Row, content: ReactNode) => ReactNode
  cells?: Record<string, (row: Row) => ReactNode>
  baseFilter?: Filter
  empty?: ReactNode
}

const ROW_HEIGHT = 40

function shownColumns(all: Column[], wanted: string[] | undefined): Column[] {
  const usable = all.filter((column) => column.type !== 'id' && !column.hidden)
  if (!wanted) return usable.slice(0, 8)
  const found = wanted.flatMap((key) => usable.filter((column) => column.key === key))
  return found.length ? found : usable.slice(0, 8)
}

function nextSort(key: string, sort: string | undefined): string {
  return sort === key ? `-${key}` : key
}

function HeadCell({ column, sort, onSort }: { column: Column; sort: string; onSort: (sort: string) => void }) {
  const { t } = useWords()
  const first = sort.split(',')[0] ?? ''
  const isSorted = first.replace(/^-/, '') === column.key
  const isDown = first.startsWith('-')
  const label = t(column.words_key)
  return (
    <th scope="col" data-numeric={isNumeric(column)} aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined}>
      {column.sortable ? (
        <button type="button" className="head-button" onClick={() => onSort(nextSort(column.key, first))}>
          {label}
          {isSorted && (isDown ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />)}
        </button>
      ) : label}
    </th>
  )
}

/** Arrow keys walk along the rows' links. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('td[data-lead] a'))
  const at = links.indexOf(document.activeElement as HTMLElement)
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}

interface BodyProps extends Pick<DataTableProps, 'lead' | 'link' | 'cells'> {
  columns: Column[]
  rows: Row[]
  hasMore: boolean
  loadMore: () => void
  sort: string
  onSort: (sort: string) => void
}

function TableBody({ columns, rows, hasMore, loadMore, sort, onSort, lead, link, cells }: BodyProps) {
  const { t, words, formats } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 12 })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  function onScroll(): void {
    const box = scroller.current
    if (box && hasMore && box.scrollHeight - box.scrollTop - box.clientHeight < 600) loadMore()
  }

  return (
    <div className="table-scroll" ref={scroller} onScroll={onScroll} onKeyDown={walkRows} role="presentation">
      <table className="data-table">
        <thead>
          <tr>{columns.map((column) => <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />)}</tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden className="table-gap" style={{ height: before }} />}
          {items.map((item) => {
            const row = rows[item.index]!
            return (
              <tr key={row.id} data-index={item.index} ref={virtual.measureElement}>
                {columns.map((column) => {
                  const content = cells?.[column.key]?.(row) ?? cellOf(column, row, { words, formats })
                  const isLead = column.key === lead
                  return (
                    <td key={column.key} data-key={column.key} data-label={t(column.words_key)} data-numeric={isNumeric(column)} data-lead={isLead || undefined}>
                      {isLead ? link(row, content) : content}
                    </td>
                  )
                })}
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden className="table-gap" style={{ height: after }} />}
        </tbody>
      </table>
      {hasMore && <div className="table-more"><Button type="text" onClick={loadMore}>{t('kit.table.more')}</Button></div>}
    </div>
  )
}

export function DataTable(props: DataTableProps) {
  const { listing, state, onState, baseFilter, empty } = props
  const { t, formats } = useWords()
  const meta = useListingMeta(listing)
  const sort = state.sort ?? meta.data?.sort ?? ''
  const filter = useMemo(() => joinFilters(baseFilter, state.filters), [baseFilter, state.filters])
  const page = useListing(listing, { filter, search: state.search, sort: state.sort, count: 'estimated' })
  const all = meta.data?.columns
  const columns = useMemo(() => shownColumns(all ?? [], props.columns), [all, props.columns])

  if (meta.error) return <Failed error={meta.error} onRetry={() => void meta.refetch()} />
  if (!meta.data || !all) return <Loading lines={8} />

  const rows = page.data?.pages.flatMap((one) => one.rows) ?? []
  const count = page.data?.pages[0]?.count
  const isFiltered = Boolean(state.search || state.filters?.length)
  const sorting = all.filter((column) => column.sortable)

  return (
    <div className="data-table-box" aria-busy={page.isFetching}>
      <div className="table-bar">
        <FilterBar columns={all} hasSearch={meta.data.search} state={state} onState={onState} />
        <select className="phone-sort" aria-label={t('kit.table.sort')} value={sort.split(',')[0]} onChange={(event) => onState({ ...state, sort: event.target.value })}>
          {sorting.flatMap((column) => [
            <option key={column.key} value={column.key}>{t(column.words_key)} ↑</option>,
            <option key={`-${column.key}`} value={`-${column.key}`}>{t(column.words_key)} ↓</option>,
          ])}
        </select>
        <div className="table-side">
          {count && <span className="table-count">{t(count.exact ? 'kit.table.count' : 'kit.table.count_about', { count: formats.number(count.value) })}</span>}
          <ExportButton listing={listing} query={{ filter, search: state.search, sort: state.sort, columns: columns.map((column) => column.key) }} />
        </div>
      </div>
      {page.error ? <Failed error={page.error} onRetry={() => void page.refetch()} />
        : page.isPending ? <Loading lines={10} />
        : rows.length === 0 ? (isFiltered || !empty ? <Empty isFiltered={isFiltered} /> : empty)
        : <TableBody {...props} columns={columns} rows={rows} hasMore={page.hasNextPage} loadMore={() => { if (!page.isFetchingNextPage) void page.fetchNextPage() }} sort={sort} onSort={(next) => onState({ ...state, sort: next })} />}
    </div>
  )
}
