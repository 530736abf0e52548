// Reading a listing page by page; the table, pickers and small lists share it.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Column, ColumnChoice, Filter, ListingQuery, Row, TotalsQuery } from '../api'
import type { Words } from '../words'
import { useApi } from './provider'

export interface ListState {
  search?: string
  sort?: string
  /** Conditions, and groups of them. */
  filters?: Filter[]
  /** One of them is enough. */
  any?: boolean
  /** The columns that are shown, in order; the page's own choice when absent. */
  columns?: string[]
  /** A column with choices by which the rows stand together. */
  group?: string
}

export function joinFilters(base: Filter | undefined, conditions: Filter[] | undefined, isAny = false): Filter | undefined {
  const own: Filter[] = isAny && conditions && conditions.length > 1 ? [{ or: conditions }] : (conditions ?? [])
  const parts: Filter[] = [...(base ? [base] : []), ...own]
  if (!parts.length) return undefined
  return { and: parts }
}

/** A field of the organisation's own bears its label; every other has words. */
export const columnName = (column: Pick<Column, 'label' | 'words_key'>, words: Words): string =>
  column.label ? (column.label[words.language] ?? Object.values(column.label)[0] ?? '') : words.t(column.words_key)

/** What an entry of a column's choices is called: a state, a priority, an option of one's own. */
export const choiceName: (choice: ColumnChoice, words: Words) => string = columnName

/** Columns change only where somebody adds a field; a list that is opened later looks again. */
const COLUMNS_STAY = 60_000

export function useListingMeta(listing: string) {
  const api = useApi()
  return useQuery({ queryKey: ['columns', listing], queryFn: () => api.columns(listing), staleTime: COLUMNS_STAY })
}

/** Where a page begins: how many rows stand before it, and the mark that it is read from. */
export interface PageMark {
  cursor: string
  back: boolean
  start: number
}

/** How many rows stand before the first that is held. */
export const baseOf = (params: unknown[] | undefined): number => (params?.[0] as PageMark | undefined)?.start ?? 0

export const FIRST_PAGE: PageMark = { cursor: '', back: false, start: 0 }
/** So many pages are held; those further away are let go and read again when somebody comes back. */
const HELD = 8

/** The pages of a listing around a mark, forwards and backwards. */
export function useListing(listing: string, query: ListingQuery, isEnabled = true, from: PageMark = FIRST_PAGE) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['list', listing, query, from],
    queryFn: ({ pageParam: { cursor, back }, signal }) => api.list(listing, { ...query, cursor: cursor || undefined, back: back || undefined, count: cursor && !back ? 'none' : query.count }, signal),
    initialPageParam: from,
    getNextPageParam: (last, _pages, { start }): PageMark | undefined => (last.next ? { cursor: last.next, back: false, start: start + last.rows.length } : undefined),
    getPreviousPageParam: (first, _pages, { start }): PageMark | undefined => (first.previous && start > 0 ? { cursor: first.previous, back: true, start: Math.max(0, start - (query.limit ?? 50)) } : undefined),
    maxPages: HELD,
    enabled: isEnabled,
    placeholderData: keepPreviousData,
  })
}

/** How many match, and what their columns come to: as a whole, and for each group. */
export function useTotals(listing: string, query: TotalsQuery, isEnabled: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: ['list', listing, 'totals', query],
    queryFn: ({ signal }) => api.totals(listing, query, signal),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  })
}

/** The first rows of a listing, for sections and pickers. */
export function useRows<T extends Row = Row>(listing: string, query: ListingQuery, isEnabled = true) {
  const api = useApi()
  return useQuery({
    queryKey: ['list', listing, query],
    queryFn: ({ signal }) => api.list<T>(listing, query, signal),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  })
}
