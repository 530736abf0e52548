// What a column comes to, as its readers write it: money with its sign, durations in hours, sizes in bytes.
import type { Column, Total } from '../api'
import type { Formats } from '../formats'
import { useWords } from '../words'

export function totalText(column: Column, total: Total, formats: Formats): string {
  if (column.currency) return total.currency ? formats.money(total.value, total.currency) : formats.number(total.value, 2)
  if (column.unit === 'min') return formats.minutes(Number(total.value))
  if (column.unit === 'By') return formats.bytes(Number(total.value))
  const number = formats.number(total.value)
  return column.unit ? `${number} ${column.unit}` : number
}

/** All sums of one column: one line, or one for each currency. */
export function ColumnTotal({ column, totals }: { column: Column; totals: Total[] }) {
  const { formats } = useWords()
  return totals.filter((total) => total.column === column.key).map((total) => <span key={total.currency ?? ''} className="total">{totalText(column, total, formats)}</span>)
}
