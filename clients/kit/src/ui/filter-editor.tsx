// One condition of a filter: field, operator, value; fetched when somebody filters.
import { Button, Input, Select, Space } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { Column, Condition, Operator } from '../api'
import { useWords } from '../words'
import { choiceName, columnName } from './listing'
import { NumberField } from './number-field'

const DayField = lazy(() => import('./day-field'))

const FIRST_OPS: Partial<Record<Column['type'], Operator>> = { choice: 'in', text: 'contains', boolean: 'eq', date: 'gte', datetime: 'gte' }

function firstOp(column: Column): Operator {
  const wanted = FIRST_OPS[column.type]
  return wanted && column.ops.includes(wanted) ? wanted : (column.ops[0] ?? 'eq')
}

interface ValueProps {
  column: Column
  op: Operator
  value: unknown
  onChange: (value: unknown) => void
}

function ValueField({ column, op, value, onChange }: ValueProps) {
  const { t, words } = useWords()
  const label = t('kit.filter.value')
  if (op === 'is_null' || column.type === 'boolean') {
    const options = [true, false].map((one) => ({ value: one, label: t(one ? 'kit.yes' : 'kit.no') }))
    return <Select aria-label={label} className="wide" value={value as boolean} onChange={onChange} options={options} />
  }
  if (column.type === 'choice') {
    const options = (column.choices ?? []).map((choice) => ({ value: choice.value, label: choiceName(choice, words) }))
    return <Select aria-label={label} className="wide" mode={op === 'in' ? 'multiple' : undefined} value={value as string[]} onChange={onChange} options={options} />
  }
  if (op === 'between') {
    const [from, until] = (value as unknown[] | undefined) ?? []
    return (
      <Space.Compact className="wide">
        <ValueField column={column} op="gte" value={from} onChange={(next) => onChange([next, until])} />
        <ValueField column={column} op="lte" value={until} onChange={(next) => onChange([from, next])} />
      </Space.Compact>
    )
  }
  if (column.type === 'date' || column.type === 'datetime') {
    return <Suspense><DayField label={label} value={value as string} onChange={onChange} isInstant={column.type === 'datetime'} /></Suspense>
  }
  if (['number', 'decimal', 'money'].includes(column.type)) {
    return <NumberField label={label} value={value as number | undefined} onChange={onChange} />
  }
  return <Input aria-label={label} value={value as string} onChange={(event) => onChange(event.target.value)} />
}

export default function FilterEditor({ columns, onDone }: { columns: Column[]; onDone: (condition: Condition) => void }) {
  const { t, words } = useWords()
  const [column, setColumn] = useState<Column | undefined>(columns[0])
  const [op, setOp] = useState<Operator>(columns[0] ? firstOp(columns[0]) : 'eq')
  const [value, setValue] = useState<unknown>()
  const isReady = value !== undefined && value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)
  return (
    <form
      className="filter-editor"
      onSubmit={(event) => {
        event.preventDefault()
        if (column && isReady) onDone({ field: column.key, op, value })
      }}
    >
      <Select
        aria-label={t('kit.filter.field')}
        showSearch={{ optionFilterProp: 'label' }}
        value={column?.key}
        options={columns.map((one) => ({ value: one.key, label: columnName(one, words) }))}
        onChange={(key) => {
          const next = columns.find((one) => one.key === key)
          if (!next) return
          setColumn(next)
          setOp(firstOp(next))
          setValue(undefined)
        }}
      />
      {column && <Select aria-label={t('kit.filter.add')} value={op} options={column.ops.map((one) => ({ value: one, label: t(`kit.op.${one}`) }))} onChange={(next) => { setOp(next); setValue(undefined) }} />}
      {column && <ValueField column={column} op={op} value={value} onChange={setValue} />}
      <Button htmlType="submit" type="primary" disabled={!isReady}>{t('kit.filter.apply')}</Button>
    </form>
  )
}
