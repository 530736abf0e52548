// The keyboard of a table: arrows from cell to cell, Enter and F2 to edit or open, Space to mark, Ctrl+A for all.
import { useCallback, useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { Column, Row } from '../api'
import type { CellEditing } from './cell-editing'
import type { Marks, Selection } from './table-rows'

export interface At {
  index: number
  column: number
}

interface TableKeysProps {
  columns: Column[]
  rows: Row[]
  base: number
  lead: string
  editing?: CellEditing
  selection?: Selection
  scroller: RefObject<HTMLDivElement | null>
  marks: Marks
  scrollTo: (index: number) => void
  onStart?: () => void
  onEnd?: () => void
}

const PAGE = 12
const IN_FIELD = '.cell-editor, .ant-select-dropdown, .ant-picker-dropdown'

/** Where an arrow leads: within the table, never out of it. */
export function stepped(at: At, key: string, isFar: boolean, rows: { first: number; last: number }, columns: number): At | undefined {
  const bound = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
  const row = (index: number): At => ({ ...at, index: bound(index, rows.first, rows.last) })
  const column = (next: number): At => ({ ...at, column: bound(next, 0, columns - 1) })
  switch (key) {
    case 'ArrowDown': return row(at.index + 1)
    case 'ArrowUp': return row(at.index - 1)
    case 'PageDown': return row(at.index + PAGE)
    case 'PageUp': return row(at.index - PAGE)
    case 'ArrowRight': return column(at.column + 1)
    case 'ArrowLeft': return column(at.column - 1)
    case 'Home': return isFar ? row(rows.first) : column(0)
    case 'End': return isFar ? row(rows.last) : column(columns - 1)
    default: return undefined
  }
}

/** The next cell that can be edited, on this row or on one after or before it. */
export function nextEditable(at: At, step: number, isEditable: boolean[], rows: { first: number; last: number }): At | undefined {
  if (!isEditable.includes(true)) return undefined
  let { index, column } = at
  for (;;) {
    column += step
    if (column < 0 || column >= isEditable.length) {
      index += step
      column = step > 0 ? 0 : isEditable.length - 1
    }
    if (index < rows.first || index > rows.last) return undefined
    if (isEditable[column]) return { index, column }
  }
}

export function useTableKeys({ columns, rows, base, lead, editing, selection, scroller, marks, scrollTo, onStart, onEnd }: TableKeysProps) {
  const leadAt = Math.max(0, columns.findIndex((column) => column.key === lead))
  const [at, setAt] = useState<At>({ index: 0, column: leadAt })
  const [isEditing, setEditing] = useState(false)
  // Only the keyboard moves the focus; rows that come by themselves do not.
  const wants = useRef(false)
  const extent = { first: base, last: base + rows.length - 1 }
  const isEditable = columns.map((column) => editing?.fieldOf(column) !== undefined)

  useEffect(() => {
    if (!wants.current || isEditing) return
    const cell = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${at.index}"] td[data-col="${at.column}"]`)
    if (!cell) return
    wants.current = false
    const target = cell.querySelector<HTMLElement>('a') ?? cell
    target.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  function go(next: At): void {
    wants.current = true
    setAt(next)
    scrollTo(next.index)
  }

  const latest = useRef({ go, at, extent, isEditable })
  useEffect(() => {
    latest.current = { go, at, extent, isEditable }
  })

  const edit = useCallback((index: number, column: number): void => {
    setAt({ index, column })
    setEditing(true)
  }, [])

  /** Out of the editor: back to its cell, or on to the next cell that can be edited. */
  const leave = useCallback((step: number): void => {
    const now = latest.current
    const next = step ? nextEditable(now.at, step, now.isEditable, now.extent) : undefined
    now.go(next ?? now.at)
    setEditing(next !== undefined)
  }, [])

  function open(): void {
    scroller.current?.querySelector<HTMLElement>(`tr[data-index="${at.index}"] td[data-lead] a`)?.click()
  }

  function enter(isF2: boolean): void {
    if (isEditable[at.column] && (isF2 || columns[at.column]?.key !== lead)) setEditing(true)
    else if (!isF2) open()
  }

  function mark(index: number, isOn?: boolean): void {
    const row = rows[index - base]
    if (row && selection) marks.set(index, isOn ?? !selection.ids.has(row.id))
  }

  function actionOf(event: KeyboardEvent<HTMLElement>): (() => void) | undefined {
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key.toLowerCase() === 'a') return selection && (() => selection.set(rows.map((row) => row.id), true))
    if (isCommand && event.key === 'End' && onEnd) return onEnd
    if (isCommand && event.key === 'Home' && base > 0 && onStart) return onStart
    const next = event.altKey ? undefined : stepped(at, event.key, isCommand, extent, columns.length)
    if (next) {
      return () => {
        if (event.shiftKey && next.index !== at.index) marks.between(at.index, next.index)
        go(next)
      }
    }
    if (isCommand || event.altKey) return undefined
    if (event.key === ' ' || event.key.toLowerCase() === 'x') return selection && (() => mark(at.index))
    if (event.key === 'Escape') return selection?.ids.size ? selection.clear : undefined
    // A link opens by itself.
    if (event.key === 'Enter' && (event.target as Element).tagName !== 'A') return () => enter(false)
    return event.key === 'F2' ? () => enter(true) : undefined
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const target = event.target as Element
    if (isEditing || event.defaultPrevented || event.nativeEvent.isComposing || target.closest(IN_FIELD) || !target.closest('tbody')) return
    const act = actionOf(event)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  /** A click or a tab into the table: the keyboard goes on from there. */
  function onFocus(event: FocusEvent<HTMLElement>): void {
    if (isEditing) return
    const cell = (event.target as Element).closest<HTMLElement>('td[data-col]')
    const row = cell?.closest<HTMLElement>('tr[data-index]')
    if (cell && row) setAt({ index: Number(row.dataset.index), column: Number(cell.dataset.col) })
  }

  return { at, isEditing, edit, leave, onKeyDown, onFocus }
}
