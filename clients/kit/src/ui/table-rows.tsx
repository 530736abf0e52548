// The rows of a table: virtual rows over keyset pages both ways, a cell that the keyboard stands in, marks, sums.
import { useVirtualizer } from '@tanstack/react-virtual'
import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import type { Column, Row, Total } from '../api'
import { useWords } from '../words'
import type { CellEditing } from './cell-editing'
import { HeadCell } from './table-head'
import { usualWidth, type TableLayout } from './table-layout'
import { OneRow } from './table-row'
import { useTableKeys } from './table-keys'
import { ColumnTotal } from './totals'

const ROW_HEIGHT = 40
const CARD_HEIGHT = 92
/** Rows before and behind what is seen that are asked for early, and drawn. */
const NEAR = 40
const OVERSCAN = 10

export interface Selection {
  ids: ReadonlySet<string>
  set: (ids: string[], isOn: boolean) => void
  clear: () => void
}

export interface RowsProps {
  columns: Column[]
  rows: Row[]
  /** How many rows stand before the first one that is held. */
  base?: number
  total?: number
  hasMore: boolean
  loadMore: () => void
  hasBefore?: boolean
  loadBefore?: () => void
  /** Somebody has gone where nothing is held any more. */
  onFar?: (index: number) => void
  onEnd?: () => void
  sort: string
  onSort: (sort: string) => void
  /** The column that names the record and leads to it. */
  lead: string
  /** Draws the link of a row around its lead cell. */
  link: (row: Row, content: ReactNode) => ReactNode
  cells?: Record<string, (row: Row) => ReactNode>
  selection?: Selection
  editing?: CellEditing
  layout?: TableLayout
  onWidth?: (key: string, width: number) => void
  onMove?: (key: string, step: number) => void
  totals?: Total[]
  /** What is asked for; another question begins at the top. */
  question?: string
}

/** Cells take the keyboard, as in a spreadsheet. */
const GRID = { role: 'grid' }
const phone = '(max-width: 720px)'
const subscribe = (tell: () => void): (() => void) => {
  const media = matchMedia(phone)
  media.addEventListener('change', tell)
  return () => media.removeEventListener('change', tell)
}

/** On a phone each row is a card of its own height. */
const useCards = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(phone).matches)

function Widths({ columns, lead, layout, hasMark }: Pick<RowsProps, 'columns' | 'lead' | 'layout'> & { hasMark: boolean }) {
  // The last column but the lead takes what is left over, so that nothing else moves when one is made wider.
  return (
    <colgroup>
      {hasMark && <col style={{ width: 52 }} />}
      {columns.map((column) => <col key={column.key} style={{ width: layout?.widths[column.key] ?? usualWidth(column, column.key === lead) }} />)}
    </colgroup>
  )
}

export function TableRows(props: RowsProps) {
  const { columns, rows, base = 0, total, hasMore, loadMore, hasBefore, loadBefore, onFar, sort, onSort, selection, lead, link, cells, editing, layout, onWidth, onMove, totals, question } = props
  const { t } = useWords()
  const isCards = useCards()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: base + rows.length, getScrollElement: () => scroller.current, estimateSize: () => (isCards ? CARD_HEIGHT : ROW_HEIGHT), overscan: OVERSCAN })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const marks = useMarks(rows, base, selection)
  const keys = useTableKeys({ columns, rows, base, lead, editing, selection, scroller, marks, scrollTo: (index) => virtual.scrollToIndex(index), onEnd: props.onEnd, onStart: () => onFar?.(0) })
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const isAll = rows.length > 0 && selection !== undefined && rows.every((row) => selection.ids.has(row.id))

  useEffect(() => {
    if (!rows.length) return
    if (hasMore && last >= base + rows.length - NEAR) loadMore()
    if (last < base) onFar?.(first)
    else if (hasBefore && first < base + NEAR) loadBefore?.()
  }, [first, last, base, rows.length, hasMore, hasBefore, loadMore, loadBefore, onFar])

  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [question])

  const width = columns.reduce((sum, column) => sum + (layout?.widths[column.key] ?? usualWidth(column, column.key === lead)), selection ? 52 : 0)
  return (
    <div className="table-scroll" ref={scroller} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus} role="presentation">
      <table className="data-table" {...GRID} aria-rowcount={total === undefined ? -1 : total + 1} aria-colcount={columns.length} aria-multiselectable={selection ? true : undefined} style={{ minWidth: isCards ? undefined : width }}>
        <Widths columns={columns} lead={lead} layout={layout} hasMark={selection !== undefined} />
        <thead>
          <tr aria-rowindex={1}>
            {selection && <th scope="col" className="cell-mark"><input type="checkbox" aria-label={t('kit.bulk.mark_all')} checked={isAll} onChange={(event) => selection.set(rows.map((row) => row.id), event.target.checked)} /></th>}
            {columns.map((column, index) => <HeadCell key={column.key} column={column} index={index} sort={sort} onSort={onSort} onWidth={onWidth} onMove={onMove} />)}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden className="table-gap" style={{ height: before }} />}
          {items.map(({ index }) => {
            const row = rows[index - base]
            if (!row) return <tr key={`gap-${index}`} aria-hidden className="table-coming"><td colSpan={columns.length + (selection ? 1 : 0)}>…</td></tr>
            const isHere = keys.at.index === index
            return (
              <OneRow
                key={row.id}
                row={row}
                index={index}
                columns={columns}
                lead={lead}
                link={link}
                cells={cells}
                hasMark={selection !== undefined}
                isMarked={selection?.ids.has(row.id) ?? false}
                onMark={marks.set}
                at={isHere ? keys.at.column : -1}
                isEditing={isHere && keys.isEditing}
                editing={editing}
                onEdit={keys.edit}
                onLeave={keys.leave}
                measure={isCards ? virtual.measureElement : undefined}
              />
            )
          })}
          {after > 0 && <tr aria-hidden className="table-gap" style={{ height: after }} />}
        </tbody>
        {totals && totals.length > 0 && (
          <tfoot>
            <tr>
              {columns.map((column, position) => <td key={column.key} colSpan={position === 0 && selection ? 2 : 1} data-key={column.key} data-numeric data-label={column.key}>{position === 0 && !column.summed ? t('kit.table.sum') : <ColumnTotal column={column} totals={totals} />}</td>)}
            </tr>
          </tfoot>
        )}
      </table>
      {hasMore && <div className="table-more"><Button type="text" onClick={loadMore}>{t('kit.table.more')}</Button></div>}
    </div>
  )
}

export interface Marks {
  set: (index: number, isOn: boolean) => void
  between: (from: number, to: number) => void
}

/** Marks by place, stable while rows come and go, so that no row is drawn anew for it. */
function useMarks(rows: Row[], base: number, selection: Selection | undefined): Marks {
  const latest = useRef({ rows, base, selection })
  useEffect(() => {
    latest.current = { rows, base, selection }
  })
  const set = useCallback((index: number, isOn: boolean): void => {
    const row = latest.current.rows[index - latest.current.base]
    if (row) latest.current.selection?.set([row.id], isOn)
  }, [])
  const between = useCallback((from: number, to: number): void => {
    const { rows: held, base: skipped, selection: chosen } = latest.current
    chosen?.set(held.slice(Math.min(from, to) - skipped, Math.max(from, to) - skipped + 1).map((row) => row.id), true)
  }, [])
  const [marks] = useState(() => ({ set, between }))
  return marks
}

