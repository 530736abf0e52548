// The rows of a table: head, virtual rows over keyset pages, selection, arrow keys.
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Column, Row } from '../api'
import { useWords } from '../words'
import { cellOf, isNumeric } from './cells'
import { columnName } from './listing'

const ROW_HEIGHT = 40

export interface Selection {
  ids: ReadonlySet<string>
  set: (ids: string[], isOn: boolean) => void
}

export interface RowsProps {
  columns: Column[]
  rows: Row[]
  hasMore: boolean
  loadMore: () => void
  sort: string
  onSort: (sort: string) => void
  /** The column that names the record and leads to it. */
  lead: string
  /** Draws the link of a row around its lead cell. */
  link: (row: Row, content: ReactNode) => ReactNode
  cells?: Record<string, (row: Row) => ReactNode>
  selection?: Selection
}

const nextSort = (key: string, sort: string | undefined): string => (sort === key ? `-${key}` : key)

function HeadCell({ column, sort, onSort }: { column: Column; sort: string; onSort: (sort: string) => void }) {
  const { words } = useWords()
  const first = sort.split(',')[0] ?? ''
  const isSorted = first.replace(/^-/, '') === column.key
  const isDown = first.startsWith('-')
  const label = columnName(column, words)
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

/** Arrow keys walk along the rows' links; X marks the row. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const links = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('td[data-lead] a'))
  const at = links.indexOf(document.activeElement as HTMLElement)
  if (event.key.toLowerCase() === 'x' && at >= 0 && !event.ctrlKey && !event.metaKey) {
    links[at]!.closest('tr')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    return event.preventDefault()
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}

function OneRow({ row, index, measure, columns, lead, link, cells, selection }: Pick<RowsProps, 'columns' | 'lead' | 'link' | 'cells' | 'selection'> & { row: Row; index: number; measure: (node: Element | null) => void }) {
  const { t, words, formats } = useWords()
  const isMarked = selection?.ids.has(row.id)
  return (
    <tr data-index={index} ref={measure} data-marked={isMarked || undefined}>
      {selection && <td className="cell-mark"><input type="checkbox" aria-label={t('kit.bulk.mark', { name: String(row[lead] ?? '') })} checked={isMarked} onChange={(event) => selection.set([row.id], event.target.checked)} /></td>}
      {columns.map((column) => {
        const content = cells?.[column.key]?.(row) ?? cellOf(column, row, { words, formats })
        const isLead = column.key === lead
        return (
          <td key={column.key} data-key={column.key} data-label={columnName(column, words)} data-numeric={isNumeric(column)} data-lead={isLead || undefined}>
            {isLead ? link(row, content) : content}
          </td>
        )
      })}
    </tr>
  )
}

export function TableRows(props: RowsProps) {
  const { columns, rows, hasMore, loadMore, sort, onSort, selection } = props
  const { t } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 12 })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const isAll = rows.length > 0 && selection !== undefined && rows.every((row) => selection.ids.has(row.id))

  function onScroll(): void {
    const box = scroller.current
    if (box && hasMore && box.scrollHeight - box.scrollTop - box.clientHeight < 1_200) loadMore()
  }

  return (
    <div className="table-scroll" ref={scroller} onScroll={onScroll} onKeyDown={walkRows} role="presentation">
      <table className="data-table">
        <thead>
          <tr>
            {selection && <th scope="col" className="cell-mark"><input type="checkbox" aria-label={t('kit.bulk.mark_all')} checked={isAll} onChange={(event) => selection.set(rows.map((row) => row.id), event.target.checked)} /></th>}
            {columns.map((column) => <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />)}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden className="table-gap" style={{ height: before }} />}
          {items.map((item) => <OneRow key={rows[item.index]!.id} {...props} row={rows[item.index]!} index={item.index} measure={virtual.measureElement} />)}
          {after > 0 && <tr aria-hidden className="table-gap" style={{ height: after }} />}
        </tbody>
      </table>
      {hasMore && <div className="table-more"><Button type="text" onClick={loadMore}>{t('kit.table.more')}</Button></div>}
    </div>
  )
}
