// One row of a table, drawn anew only when something about it changed.
import { Pencil } from 'lucide-react'
import { lazy, memo, Suspense, type ReactNode } from 'react'
import type { Column, Row } from '../api'
import { useWords } from '../words'
import type { CellEditing } from './cell-editing'
import { cellOf, isNumeric } from './cells'
import { columnName } from './listing'

const CellEditor = lazy(() => import('./cell-editor'))

export interface OneRowProps {
  row: Row
  index: number
  columns: Column[]
  lead: string
  link: (row: Row, content: ReactNode) => ReactNode
  cells?: Record<string, (row: Row) => ReactNode>
  hasMark: boolean
  isMarked: boolean
  onMark: (index: number, isOn: boolean) => void
  /** The column in which the keyboard stands; -1 in every other row. */
  at: number
  isEditing: boolean
  editing?: CellEditing
  onEdit: (index: number, column: number) => void
  onLeave: (step: number) => void
  measure?: (node: Element | null) => void
}

function OneRowPlain({ row, index, columns, lead, link, cells, hasMark, isMarked, onMark, at, isEditing, editing, onEdit, onLeave, measure }: OneRowProps) {
  const { t, words, formats } = useWords()
  return (
    <tr data-index={index} ref={measure} aria-rowindex={index + 2} data-marked={isMarked || undefined} aria-selected={hasMark ? isMarked : undefined}>
      {hasMark && <td className="cell-mark"><input type="checkbox" tabIndex={-1} aria-label={t('kit.bulk.mark', { name: String(row[lead] ?? '') })} checked={isMarked} onChange={(event) => onMark(index, event.target.checked)} /></td>}
      {columns.map((column, position) => {
        const isLead = column.key === lead
        const field = editing?.fieldOf(column)
        const isOpen = isEditing && position === at
        const content = cells?.[column.key]?.(row) ?? cellOf(column, row, { words, formats })
        return (
          <td key={column.key} data-key={column.key} data-col={position} data-label={columnName(column, words)} data-numeric={isNumeric(column)} data-lead={isLead || undefined} data-editable={field ? true : undefined} data-editing={isOpen || undefined} tabIndex={isLead ? undefined : position === at ? 0 : -1}>
            {isOpen && field && editing ? <Suspense fallback={content}><CellEditor row={row} column={column} field={field} editing={editing} onLeave={onLeave} /></Suspense> : isLead ? link(row, content) : content}
            {field && !isOpen && <button type="button" className="cell-pen" tabIndex={-1} aria-label={t('kit.table.edit_cell', { name: columnName(column, words) })} onClick={() => onEdit(index, position)}><Pencil size={12} /></button>}
          </td>
        )
      })}
    </tr>
  )
}

export const OneRow = memo(OneRowPlain)
