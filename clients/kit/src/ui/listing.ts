// Reading a listing page by page; the table, pickers and small lists share it.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Column, ColumnChoice, Condition, Filter, ListingQuery, Row } from '../api'
import type { Words } from '../words'
import { useApi } from './provider'

export interface ListState {
  search?: string
  sort?: string
  filters?: Condition[]
  /** One of the conditions is enough. */
  any?: boolean
  /** The columns that are shown, in order; the page's own choice when absent. */
  columns?: string[]
  /** A column with choices by which the rows stand together. */
  group?: string
}

export function joinFilters(base: Filter | undefined, conditions: Condition[] | undefined, isAny = false): Filter | undefined {
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

export function useListingMeta(listing: string) {
  const api = useApi()
  return useQuery({ queryKey: ['columns', listing], queryFn: () => api.columns(listing), staleTime: Infinity })
}

export function useListing(listing: string, query: ListingQuery, isEnabled = true) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['list', listing, query],
    queryFn: ({ pageParam, signal }) => api.list(listing, { ...query, cursor: pageParam || undefined, count: pageParam ? 'none' : query.count }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: isEnabled,
    placeholderData: keepPreviousData,
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
