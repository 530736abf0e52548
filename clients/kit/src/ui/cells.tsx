// How a value of a listing looks, by the type of its column.
import type { ReactNode } from 'react'
import type { Column, Row } from '../api'
import type { Formats } from '../formats'
import type { Words } from '../words'
import { choiceName } from './listing'
import { PriorityTag, StateTag } from './state-tag'

interface CellContext {
  words: Words
  formats: Formats
}

interface Reference {
  name?: string
  number?: string
  title?: string
  code?: string
}

interface MoneyValue {
  amount: string | number
  currency: string
}

function choiceCell(column: Column, value: string, { words }: CellContext): ReactNode {
  const choice = column.choices?.find((one) => one.value === value)
  const label = choice ? choiceName(choice, words) : value
  if (column.key === 'state') return <StateTag kind="" state={value} label={label} />
  if (column.key === 'priority') return <PriorityTag kind="" value={value} label={label} />
  return label
}

function moneyCell(value: unknown, { formats }: CellContext): ReactNode {
  const money = value as MoneyValue
  return typeof value === 'object' && money.currency ? formats.money(money.amount, money.currency) : formats.number(String(value), 2)
}

/** Money with its currency where the row names one, minutes as hours, sizes in bytes. */
function numberCell(column: Column, row: Row, value: unknown, formats: Formats): string {
  const currency = column.currency ? row[column.currency] : undefined
  if (typeof currency === 'string' && currency) return formats.money(String(value), currency)
  if (column.unit === 'min') return formats.minutes(Number(value))
  if (column.unit === 'By') return formats.bytes(Number(value))
  return formats.number(String(value))
}

export function cellOf(column: Column, row: Row, context: CellContext): ReactNode {
  const value = row[column.key]
  if (value === null || value === undefined || value === '') return <span className="cell-none">–</span>
  const { formats, words } = context
  switch (column.type) {
    case 'choice':
      return choiceCell(column, String(value), context)
    case 'money':
      return moneyCell(value, context)
    case 'number':
    case 'decimal':
      return numberCell(column, row, value, formats)
    case 'date':
      return formats.date(String(value))
    case 'datetime':
      return <time dateTime={String(value)} title={formats.dateTime(String(value))}>{formats.ago(String(value))}</time>
    case 'boolean':
      return words.t(value ? 'kit.yes' : 'kit.no')
    default: {
      if (typeof value !== 'object') return String(value)
      const reference = value as Reference
      return reference.name ?? reference.title ?? reference.number ?? reference.code ?? ''
    }
  }
}

export const isNumeric = (column: Column): boolean => ['number', 'decimal', 'money'].includes(column.type)
