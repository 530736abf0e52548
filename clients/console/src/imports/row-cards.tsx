// Rows on a phone: one card each, with a field for every cell that is wrong.
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Grid, GridRow } from './grid-data'
import type { GridColumn } from './grid'
import { useExpected } from './inspector'

function CellField({ data, row, column }: { data: Grid; row: GridRow; column: GridColumn }) {
  const { t } = useWords()
  const expected = useExpected()
  const held = data.textOf(row, column.column)
  const [typed, setTyped] = useState<string | null>(null)
  const reasons = row.reasons.filter((one) => one.column === column.column)
  const isBad = reasons.some((one) => one.severity === 'error')
  const name = column.field?.title ?? column.heading
  const list = `choices-${row.number}-${column.column}`
  const commit = (): void => { if (typed !== null) data.change([{ row: row.number, column: column.column, text: typed }]); setTyped(null) }
  return (
    <label className="row-card-field">
      <span className="row-card-name">{name}</span>
      <Input status={isBad ? 'error' : undefined} aria-label={t('imports.cell', { row: row.number, column: name })} list={column.field?.choices.length ? list : undefined} value={typed ?? held} onChange={(event) => setTyped(event.target.value)} onBlur={commit} onPressEnter={commit} />
      {column.field && column.field.choices.length > 0 && <datalist id={list}>{column.field.choices.map((one) => <option key={one.value} value={one.title}>{one.title}</option>)}</datalist>}
      {reasons.map((one) => <span key={one.code} className="row-card-reason" data-severity={one.severity}>{one.text}</span>)}
      {isBad && column.field && column.field.choices.length === 0 && <span className="muted row-card-expected">{t('imports.expects', { what: expected(column.field) })}</span>}
    </label>
  )
}

function RowCard({ data, row, columns }: { data: Grid; row: GridRow; columns: GridColumn[] }) {
  const { t } = useWords()
  const [isWhole, setWhole] = useState(false)
  const taken = columns.filter((one) => one.field)
  const bad = taken.filter((one) => row.reasons.some((reason) => reason.column === one.column))
  const title = taken.slice(0, 3).map((one) => data.textOf(row, one.column)).filter(Boolean).join(' · ')
  const whole = row.reasons.filter((one) => one.column === null || !taken.some((column) => column.column === one.column))
  return (
    <li className="row-card" data-verdict={row.verdict}>
      <div className="row-card-head">
        <span className="grid-number">{row.number}</span>
        <span className="row-card-title">{title}</span>
        <span className="verdict" data-verdict={row.verdict}>{t(`imports.verdict.${row.verdict}`)}</span>
      </div>
      {whole.map((one) => <p key={`${one.field}${one.code}`} className="row-card-reason" data-severity={one.severity}>{one.title}: {one.text}</p>)}
      {(isWhole ? taken : row.verdict === 'left_out' ? [] : bad).map((one) => <CellField key={one.column} data={data} row={row} column={one} />)}
      <div className="row-card-foot">
        <Button type="text" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>{t(isWhole ? 'imports.less' : 'imports.whole_row')}</Button>
        <Button type="text" onClick={() => data.leaveOut([row.number], row.verdict !== 'left_out')}>{t(row.verdict === 'left_out' ? 'imports.take_up' : 'imports.leave_out')}</Button>
      </div>
    </li>
  )
}

export function RowCards({ data, columns }: { data: Grid; columns: GridColumn[] }) {
  const { t } = useWords()
  return (
    <>
      <ul className="row-cards">{data.rows.map((row) => <RowCard key={row.number} data={data} row={row} columns={columns} />)}</ul>
      {data.hasMore && <div className="table-more"><Button type="text" onClick={data.loadMore}>{t('kit.table.more')}</Button></div>}
    </>
  )
}
