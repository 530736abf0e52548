// What is wrong with the marked cell, what would be right, and the quickest ways there.
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { CircleAlert, Info, Redo2, SkipForward } from 'lucide-react'
import type { Grid, GridRow, Reason } from './grid-data'
import type { GridColumn } from './grid'
import type { TargetField } from './targets'

/** What a cell of this field may look like. */
export function useExpected(): (field: TargetField) => string {
  const { t, words } = useWords()
  return (field) => {
    if (field.choices.length > 0) return t('imports.expected.choice', { choices: field.choices.slice(0, 14).map((one) => one.title).join(words.list) })
    const said = field.type === 'reference' ? t(field.may_create ? 'imports.expected.reference_new' : 'imports.expected.reference', { by: field.look_up_by.map((one) => t(`imports.by.${one}`)).join(words.list) }) : t(`imports.expected.${field.type}`)
    return field.unit ? `${said} (${field.unit})` : said
  }
}

export function reasonsAt(row: GridRow, column: GridColumn | undefined): Reason[] {
  const own = row.reasons.filter((one) => one.column === column?.column)
  return own.length > 0 ? own : row.reasons.filter((one) => one.column === null)
}

interface InspectorProps {
  data: Grid
  row: GridRow | undefined
  column: GridColumn | undefined
  isReadOnly?: boolean
}

const MOST_CHOICES = 14

const isBad = (row: GridRow, column: GridColumn): boolean => row.reasons.some((one) => one.column === column.column && one.severity === 'error')
/** The choices themselves stand there as buttons. */
const hasQuick = (row: GridRow, column: GridColumn, isReadOnly?: boolean): boolean => !isReadOnly && isBad(row, column) && Boolean(column.field?.choices.length)

function Quick({ data, row, column }: { data: Grid; row: GridRow; column: GridColumn }) {
  const { t, formats } = useWords()
  const text = data.textOf(row, column.column)
  const same = isBad(row, column) && text ? data.rows.filter((one) => one.number !== row.number && data.textOf(one, column.column) === text && one.verdict === 'error') : []
  const choices = column.field?.choices.slice(0, MOST_CHOICES) ?? []
  if (!hasQuick(row, column)) return null
  const put = (value: string): void => data.change([row, ...same].map((one) => ({ row: one.number, column: column.column, text: value })))
  return (
    <div className="inspector-quick">
      {same.length > 0 && <span className="muted">{t('imports.with_same', { count: formats.number(same.length), text })}</span>}
      {choices.map((one) => <Button key={one.value} size="small" onClick={() => put(one.title)}>{one.title}</Button>)}
    </div>
  )
}

export function Inspector({ data, row, column, isReadOnly }: InspectorProps) {
  const { t } = useWords()
  const expected = useExpected()
  if (!row || !column) return <div className="inspector" id="import-inspector" aria-live="polite" />
  const reasons = row.verdict === 'left_out' ? [] : reasonsAt(row, column)
  return (
    <div className="inspector" id="import-inspector" aria-live="polite">
      <div className="inspector-main">
        <p className="inspector-place">{t('imports.cell', { row: row.number, column: column.field?.title ?? column.heading })}</p>
        {reasons.map((one) => (
          <p key={`${one.field}${one.code}`} className="inspector-reason" data-severity={one.severity} data-short={hasQuick(row, column, isReadOnly) || undefined} title={one.text}>
            {one.severity === 'error' ? <CircleAlert size={14} aria-hidden /> : <Info size={14} aria-hidden />} {one.column === null && `${one.title}: `}{one.text}
          </p>
        ))}
        {column.field && hasQuick(row, column, isReadOnly) ? null : column.field ? <p className="muted inspector-expected">{t('imports.expects', { what: expected(column.field) })}{column.field.required && ` · ${t('imports.required')}`}</p> : <p className="muted inspector-expected">{t('imports.not_imported_text')}</p>}
        {!isReadOnly && <Quick data={data} row={row} column={column} />}
      </div>
      {!isReadOnly && (
        <div className="inspector-side">
          {row.verdict === 'left_out'
            ? <Button size="small" icon={<Redo2 size={13} />} onClick={() => data.leaveOut([row.number], false)}>{t('imports.take_up')}</Button>
            : <Button size="small" type="text" icon={<SkipForward size={13} />} onClick={() => data.leaveOut([row.number], true)}>{t('imports.leave_out')}</Button>}
        </div>
      )}
    </div>
  )
}
