// How somebody has arranged a table on this device: which columns, in which order, how wide.
import { useCallback, useState } from 'react'
import type { Column } from '../api'

export interface TableLayout {
  columns?: string[]
  widths: Record<string, number>
}

const PREFIX = 'trunnion.table.'
const NARROWEST = 56
const WIDEST = 900

export const withinReason = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))

export function readLayout(listing: string): TableLayout {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + listing) ?? '{}') as Partial<TableLayout>
    const columns = Array.isArray(kept.columns) && kept.columns.length ? kept.columns.map(String) : undefined
    const widths = Object.entries(kept.widths ?? {}).filter(([, width]) => typeof width === 'number' && width > 0)
    return { columns, widths: Object.fromEntries(widths.map(([key, width]) => [key, withinReason(width)])) }
  } catch {
    return { widths: {} }
  }
}

export function keepLayout(listing: string, layout: TableLayout): void {
  try {
    localStorage.setItem(PREFIX + listing, JSON.stringify(layout))
  } catch {
    // A full store: the arrangement holds until the page is left.
  }
}

const BY_TYPE: Partial<Record<Column['type'], number>> = { number: 92, decimal: 116, money: 116, date: 128, datetime: 128, boolean: 80, choice: 124 }

/** Wide enough for most of what a column of the type holds. */
export const usualWidth = (column: Column, isLead: boolean): number => (isLead ? 236 : column.key.endsWith('number') ? 122 : column.key.endsWith('currency') ? 84 : (BY_TYPE[column.type] ?? 136))

export function useTableLayout(listing: string) {
  const [layout, setLayout] = useState(() => readLayout(listing))
  const change = useCallback((part: Partial<TableLayout>): void => {
    setLayout((before) => {
      const next = { ...before, ...part }
      keepLayout(listing, next)
      return next
    })
  }, [listing])
  return { layout, change }
}
