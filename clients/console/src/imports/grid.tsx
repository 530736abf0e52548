// Rows as a spreadsheet shows them: walked and mended by keyboard, with what is wrong on the cell that is wrong.
import { useWords } from '@trunnion/kit/words'
import { memo, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type Ref } from 'react'
import type { CellChange, Grid as GridData, GridRow } from './grid-data'
import { letterOf } from './mapping'
import { afterKey, areaOf, cellsOf, holds, next, textOfCells, type Area, type Marked, type Size } from './selection'
import type { TargetField } from './targets'

export interface GridColumn {
  column: number
  heading: string
  /** What the column fills; absent where it is not taken in. */
  field?: TargetField
  width: number
}

export interface GridHandle {
  focus: () => void
}

interface GridProps {
  data: GridData
  columns: GridColumn[]
  marked: Marked
  onMark: (marked: Marked) => void
  onNextError: (step: 1 | -1) => void
  handle: Ref<GridHandle>
}

const ROW = 34
const HEAD = 48
const SIDE = 118
const AROUND = 10

const toneOf = (row: GridRow, column: GridColumn): 'error' | 'note' | 'changed' | undefined => {
  const reasons = row.verdict === 'left_out' ? [] : row.reasons.filter((one) => one.column === column.column)
  if (reasons.some((one) => one.severity === 'error')) return 'error'
  if (reasons.length > 0) return 'note'
  return row.verdict === 'changed' && column.field && row.changes.includes(column.field.name) ? 'changed' : undefined
}

interface LineProps {
  row: GridRow
  index: number
  columns: GridColumn[]
  area: Area | null
  textOf: GridData['textOf']
  isPending: GridData['isPending']
}

const Line = memo(function Line({ row, index, columns, area, textOf, isPending }: LineProps) {
  const { t } = useWords()
  const why = row.reasons.filter((one) => one.column === null).map((one) => one.text).join(' ')
  return (
    <div className="grid-row" role="row" aria-rowindex={index + 2} data-verdict={row.verdict}>
      <div className="grid-side" role="rowheader" title={why || undefined}>
        <span className="grid-number">{row.number}</span>
        <span className="verdict" data-verdict={row.verdict}>{t(`imports.verdict.${row.verdict}`)}</span>
      </div>
      {columns.map((column, at) => {
        const tone = toneOf(row, column)
        const reason = tone && row.reasons.filter((one) => one.column === column.column).map((one) => one.text).join(' ')
        const text = textOf(row, column.column)
        return (
          <div key={column.column} className="grid-cell" role="gridcell" data-row={index} data-at={at} data-tone={tone} data-marked={(area && holds(area, index, at)) || undefined} data-pending={isPending(row, column.column) || undefined} data-off={!column.field || undefined} title={reason || (text.length > 24 ? text : undefined)} aria-invalid={tone === 'error' || undefined}>
            {text}
          </div>
        )
      })}
    </div>
  )
}, (a, b) => a.row === b.row && a.index === b.index && a.columns === b.columns && sameIn(a.area, b.area, a.index) && !hasPending(a) && !hasPending(b))

const hasPending = ({ row, columns, isPending }: LineProps): boolean => columns.some((one) => isPending(row, one.column))

/** A row is drawn anew only when the mark touches it. */
function sameIn(a: Area | null, b: Area | null, row: number): boolean {
  const [inA, inB] = [a !== null && row >= a.top && row <= a.bottom, b !== null && row >= b.top && row <= b.bottom]
  return !inA && !inB ? true : inA === inB && a!.left === b!.left && a!.right === b!.right
}

function useWindow(count: number) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 600 })
  useLayoutEffect(() => {
    const node = box.current
    if (!node) return undefined
    const look = (): void => setSeen({ top: node.scrollTop, height: node.clientHeight })
    look()
    const watch = new ResizeObserver(look)
    watch.observe(node)
    node.addEventListener('scroll', look, { passive: true })
    return () => { watch.disconnect(); node.removeEventListener('scroll', look) }
  }, [])
  const first = Math.max(0, Math.floor(seen.top / ROW) - AROUND)
  const last = Math.min(count, Math.ceil((seen.top + seen.height) / ROW) + AROUND)
  /** Scrolls no further than is needed to see a cell beside what stands fast. */
  const reveal = useCallback((top: number, left: number, width: number): void => {
    const node = box.current
    if (!node) return
    const [below, beside] = [top + ROW - node.clientHeight + HEAD + 2, left + width - node.clientWidth + 2]
    node.scrollTo({
      top: top < node.scrollTop ? top : Math.max(node.scrollTop, below),
      left: left - SIDE < node.scrollLeft ? left - SIDE : Math.max(node.scrollLeft, beside),
    })
  }, [])
  return { box, first, last, reveal, page: Math.max(1, Math.floor((seen.height - HEAD) / ROW) - 1) }
}

export function Grid({ data, columns, marked, onMark, onNextError, handle }: GridProps) {
  const { t } = useWords()
  const { rows, textOf } = data
  const { box, first, last, reveal, page } = useWindow(rows.length)
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [hasFocus, setFocus] = useState(false)
  const isDragging = useRef(false)
  const size: Size = { rows: rows.length, columns: columns.length }
  const lefts = columns.reduce<number[]>((sums, column) => [...sums, sums.at(-1)! + column.width], [SIDE])
  const row = rows[marked.at.row]
  const column = columns[marked.at.column]
  const area = areaOf(marked)

  useImperativeHandle(handle, () => ({ focus: () => input.current?.focus({ preventScroll: true }) }))

  const left = lefts[marked.at.column] ?? SIDE
  const width = column?.width ?? 0
  useEffect(() => reveal(marked.at.row * ROW, left, width), [reveal, marked.at.row, left, width])

  function onScroll(): void {
    const node = box.current
    if (node && data.hasMore && node.scrollHeight - node.scrollTop - node.clientHeight < 1_200) data.loadMore()
  }

  function cellAt(event: MouseEvent): { row: number; column: number } | null {
    const cell = (event.target as Element).closest<HTMLElement>('.grid-cell')
    return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.at) } : null
  }

  function commit(): void {
    if (typed !== null && row && column) data.change([{ row: row.number, column: column.column, text: typed }])
    setTyped(null)
  }

  function onDown(event: MouseEvent): void {
    const place = cellAt(event)
    if (!place) return
    event.preventDefault()
    commit()
    isDragging.current = true
    onMark({ at: place, anchor: event.shiftKey ? marked.anchor : place })
    input.current?.focus({ preventScroll: true })
  }

  function onOver(event: MouseEvent): void {
    const place = isDragging.current && event.buttons === 1 ? cellAt(event) : null
    if (place && (place.row !== marked.at.row || place.column !== marked.at.column)) onMark({ anchor: marked.anchor, at: place })
  }

  /** The cells of the mark, each with a text of its own. */
  function fill(text: (row: number, column: number) => string | undefined, bounds: Area = area): void {
    const changes: CellChange[] = []
    for (let at = bounds.top; at <= Math.min(bounds.bottom, size.rows - 1); at += 1) {
      for (let across = bounds.left; across <= Math.min(bounds.right, size.columns - 1); across += 1) {
        const value = text(at, across)
        if (value !== undefined) changes.push({ row: rows[at]!.number, column: columns[across]!.column, text: value })
      }
    }
    data.change(changes)
  }

  function fillDown(): void {
    const from = area.top === area.bottom ? area.top - 1 : area.top
    if (from < 0) return
    fill((at, across) => (at === from ? undefined : textOf(rows[from]!, columns[across]!.column)))
  }

  function onPaste(event: ClipboardEvent): void {
    if (typed !== null) return
    event.preventDefault()
    const cells = cellsOf(event.clipboardData.getData('text/plain'))
    // One cell fills the whole mark, as spreadsheets do.
    if (cells.length === 1 && cells[0]!.length === 1) return fill(() => cells[0]![0]!.trim())
    const bounds = { top: area.top, left: area.left, bottom: area.top + cells.length - 1, right: area.left + Math.max(...cells.map((one) => one.length)) - 1 }
    fill((at, across) => cells[at - area.top]?.[across - area.left]?.trim(), bounds)
    onMark({ anchor: { row: area.top, column: area.left }, at: { row: Math.min(bounds.bottom, size.rows - 1), column: Math.min(bounds.right, size.columns - 1) } })
  }

  function onCopy(event: ClipboardEvent): void {
    if (typed !== null) return
    event.preventDefault()
    const cut = rows.slice(area.top, area.bottom + 1).map((one) => columns.slice(area.left, area.right + 1).map((across) => textOf(one, across.column)))
    event.clipboardData.setData('text/plain', textOfCells(cut))
  }

  function onEditKey(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') setTyped(null)
    else if (event.key === 'Enter') { commit(); onMark(afterKey(event.shiftKey ? 'ArrowUp' : 'ArrowDown', marked, size, page, { shift: false, ctrl: false })!) }
    else if (event.key === 'Tab') { commit(); onMark(next(marked, size, event.shiftKey ? -1 : 1)) }
    else return false
    return true
  }

  function onWalkKey(event: KeyboardEvent): boolean {
    const isCtrl = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    const to = afterKey(event.key, marked, size, page, { shift: event.shiftKey, ctrl: isCtrl })
    if (to) onMark(to)
    else if (event.key === 'Tab') onMark(next(marked, size, event.shiftKey ? -1 : 1))
    else if (event.key === 'F8') onNextError(event.shiftKey ? -1 : 1)
    else if (event.key === 'Enter' || event.key === 'F2') setTyped(row && column ? textOf(row, column.column) : null)
    else if (event.key === 'Delete' || event.key === 'Backspace') fill(() => '')
    else if (event.key === 'Escape') input.current?.blur()
    else if (isCtrl && key === 'z') data.undo()
    else if (isCtrl && key === 'd') fillDown()
    else return false
    return true
  }

  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (typed === null ? onWalkKey(event) : onEditKey(event)) event.preventDefault()
  }

  const name = row && column ? t('imports.cell', { row: row.number, column: column.field?.title ?? column.heading }) : t('imports.grid')
  const choices = column?.field?.choices ?? []
  return (
    <div className="grid" ref={box} onScroll={onScroll} data-focus={hasFocus || undefined}>
      <div className="grid-content" style={{ inlineSize: lefts.at(-1), blockSize: HEAD + rows.length * ROW, '--columns': `${SIDE}px ${columns.map((one) => `${one.width}px`).join(' ')}` } as object}>
        <div className="grid-table" role="grid" tabIndex={-1} aria-label={t('imports.grid')} aria-rowcount={data.hasMore ? -1 : rows.length + 1} aria-colcount={columns.length + 1} onMouseDown={onDown} onMouseMove={onOver} onMouseUp={() => { isDragging.current = false }} onDoubleClick={(event) => { if (cellAt(event) && row && column) setTyped(textOf(row, column.column)) }}>
        <div className="grid-head" role="row">
          <div className="grid-side" role="columnheader">{t('imports.row')}</div>
          {columns.map((one) => (
            <div key={one.column} className="grid-heading" role="columnheader" data-off={!one.field || undefined} title={one.heading}>
              <span className="grid-heading-field">{one.field ? one.field.title : t('imports.not_imported')}{one.field?.required && <span className="grid-required" aria-hidden>*</span>}</span>
              <span className="grid-heading-source">{one.heading || letterOf(one.column)}</span>
            </div>
          ))}
        </div>
        <div className="grid-rows" role="rowgroup" style={{ transform: `translateY(${first * ROW}px)` }}>
          {rows.slice(first, last).map((one, at) => <Line key={one.number} row={one} index={first + at} columns={columns} area={area} textOf={textOf} isPending={data.isPending} />)}
        </div>
        </div>
        {row && column && (
          <>
            <input
              ref={input}
              className="grid-input"
              data-typing={typed !== null || undefined}
              style={{ insetBlockStart: HEAD + marked.at.row * ROW, insetInlineStart: left, inlineSize: width, blockSize: ROW }}
              aria-label={name}
              aria-describedby="import-inspector"
              autoComplete="off"
              spellCheck={false}
              list={typed !== null && choices.length > 0 ? 'import-choices' : undefined}
              value={typed ?? ''}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={onKey}
              onPaste={onPaste}
              onCopy={onCopy}
              onFocus={() => setFocus(true)}
              onBlur={() => { setFocus(false); commit() }}
            />
            <datalist id="import-choices">{choices.map((one) => <option key={one.value} value={one.title}>{one.title}</option>)}</datalist>
          </>
        )}
      </div>
    </div>
  )
}
