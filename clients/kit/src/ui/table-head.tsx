// The head of a table: sorts by a press, is made wider by its edge or with Alt and the arrows.
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Column } from '../api'
import { useWords } from '../words'
import { isNumeric } from './cells'
import { columnName } from './listing'
import { withinReason } from './table-layout'

const STEP = 24

interface HeadCellProps {
  column: Column
  index: number
  sort: string
  onSort: (sort: string) => void
  onWidth?: (key: string, width: number) => void
  /** With Alt and Shift the arrows move the whole column. */
  onMove?: (key: string, step: number) => void
}

const nextSort = (key: string, sort: string | undefined): string => (sort === key ? `-${key}` : key)

const isMirrored = (element: Element): boolean => getComputedStyle(element).direction === 'rtl'

export function HeadCell({ column, index, sort, onSort, onWidth, onMove }: HeadCellProps) {
  const { t, words } = useWords()
  const first = sort.split(',')[0] ?? ''
  const isSorted = first.replace(/^-/, '') === column.key
  const isDown = first.startsWith('-')
  const label = columnName(column, words)

  function pull(event: PointerEvent<HTMLSpanElement>): void {
    const grip = event.currentTarget
    const cell = grip.closest('th')
    if (!cell || !onWidth) return
    event.preventDefault()
    event.stopPropagation()
    grip.setPointerCapture(event.pointerId)
    const from = event.clientX
    const width = cell.offsetWidth
    const sign = isMirrored(cell) ? -1 : 1
    const move = (now: globalThis.PointerEvent): void => onWidth(column.key, withinReason(width + sign * (now.clientX - from)))
    grip.addEventListener('pointermove', move)
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true })
  }

  function onKeyDown(event: KeyboardEvent<HTMLTableCellElement>): void {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    event.stopPropagation()
    const cell = event.currentTarget
    const step = (event.key === 'ArrowRight' ? 1 : -1) * (isMirrored(cell) ? -1 : 1)
    if (event.shiftKey) onMove?.(column.key, step)
    else onWidth?.(column.key, withinReason(cell.offsetWidth + step * STEP))
  }

  return (
    <th scope="col" data-key={column.key} data-numeric={isNumeric(column)} aria-colindex={index + 1} aria-sort={isSorted ? (isDown ? 'descending' : 'ascending') : undefined} onKeyDown={onKeyDown}>
      {column.sortable ? (
        <button type="button" className="head-button" title={t('kit.table.head_keys')} onClick={() => onSort(nextSort(column.key, first))}>
          <span className="head-words">{label}</span>
          {isSorted && (isDown ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden />)}
        </button>
      ) : <span className="head-words" title={label}>{label}</span>}
      {onWidth && <span className="head-grip" aria-hidden onPointerDown={pull} />}
    </th>
  )
}
