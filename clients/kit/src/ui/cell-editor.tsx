// The editor of one cell: Enter keeps, Esc leaves, Tab goes on to the next; a conflict is shown and asked about.
import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { problemWords, type Column, type Row } from '../api'
import { useWords } from '../words'
import { Conflict, type CellEditing } from './cell-editing'
import { cellOf } from './cells'
import { fieldName } from './field-name'
import { FieldInput, type FieldSpec } from './fields'
import { readNumber } from './number-field'

interface CellEditorProps {
  row: Row
  column: Column
  field: FieldSpec
  editing: CellEditing
  /** So many editable cells further on; 0 stays here. */
  onLeave: (step: number) => void
}

const WITHOUT_POPUP = new Set(['text', 'number', 'date', 'choice', 'boolean'])

function PlainInput({ field, label, value, onChange }: { field: FieldSpec; label: string; value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useWords()
  const shared = { autoFocus: true, 'aria-label': label, className: 'cell-input' } as const
  if (field.type === 'boolean') {
    return <select {...shared} value={String(value ?? '')} onChange={(event) => onChange(event.target.value === 'true')}>{[true, false].map((one) => <option key={String(one)} value={String(one)}>{t(one ? 'kit.yes' : 'kit.no')}</option>)}</select>
  }
  if (field.type === 'choice') {
    return (
      <select {...shared} value={String(value ?? '')} onChange={(event) => onChange(event.target.value || undefined)}>
        {(!field.isRequired || !value) && <option value="">{t('kit.none')}</option>}
        {(field.choices ?? []).map((choice) => <option key={choice.value} value={choice.value}>{choice.label ?? t(choice.words_key)}</option>)}
      </select>
    )
  }
  if (field.type === 'date') return <input {...shared} type="date" value={String(value ?? '')} onChange={(event) => onChange(event.target.value || undefined)} />
  return <input {...shared} inputMode={field.type === 'number' ? 'decimal' : undefined} value={String(value ?? '')} onFocus={(event) => event.target.select()} onChange={(event) => onChange(event.target.value)} />
}

export default function CellEditor({ row, column, field, editing, onLeave }: CellEditorProps) {
  const { t, words, formats } = useWords()
  const [value, setValue] = useState<unknown>(editing.valueOf(row, column))
  const [problem, setProblem] = useState<string | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const isLeaving = useRef(false)
  const label = t('kit.table.edit_cell', { name: fieldName(field, words) })

  async function keep(next: unknown, step: number, version?: number): Promise<void> {
    if (isLeaving.current) return
    const typed = field.type === 'number' ? readNumber(String(next ?? '')) : next
    if (Number.isNaN(typed)) return setProblem(t('kit.not_a_number'))
    isLeaving.current = true
    try {
      await editing.save(row, column, typed, version)
      onLeave(step)
    } catch (error) {
      isLeaving.current = false
      if (error instanceof Conflict) setConflict(error)
      else setProblem(problemWords(words, error, editing.kind))
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      isLeaving.current = true
      onLeave(0)
    } else if (event.key === 'Enter' && WITHOUT_POPUP.has(field.type)) {
      event.preventDefault()
      void keep(value, 0)
    } else if (event.key === 'Tab') {
      event.preventDefault()
      void keep(value, event.shiftKey ? -1 : 1)
    }
  }

  /** Whoever clicks elsewhere means to keep what they typed. */
  function onBlur(event: FocusEvent<HTMLDivElement>): void {
    if (!WITHOUT_POPUP.has(field.type) || conflict || event.currentTarget.contains(event.relatedTarget)) return
    void keep(value, 0)
  }

  const theirs = conflict && cellOf(column, { ...row, [column.key]: field.type === 'reference' ? '…' : conflict.theirs }, { words, formats })
  return (
    <div className="cell-editor" onKeyDown={onKeyDown} onBlur={onBlur} role="presentation">
      {WITHOUT_POPUP.has(field.type)
        ? <PlainInput field={field} label={label} value={value} onChange={setValue} />
        : <FieldInput field={{ ...field, autoFocus: true }} label={label} values={row} value={value} onChange={(next) => { setValue(next); void keep(next, 0) }} />}
      {(problem ?? conflict) && (
        <div className="cell-news" role="alert">
          {problem}
          {conflict && <>{t('kit.table.conflict')} <strong>{theirs}</strong> <button type="button" className="link-button" onClick={() => void keep(value, 0, conflict.version)}>{t('kit.table.keep_mine')}</button> <button type="button" className="link-button" onClick={() => onLeave(0)}>{t('kit.table.keep_theirs')}</button></>}
        </div>
      )}
    </div>
  )
}
