// Reading a listing page by page; the table, pickers and small lists share it.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Condition, Filter, ListingQuery, Row } from '../api'
import { useApi } from './provider'

export interface ListState {
  search?: string
  sort?: string
  filters?: Condition[]
}

export function joinFilters(base: Filter | undefined, conditions: Condition[] | undefined): Filter | undefined {
  const parts: Filter[] = [...(base ? [base] : []), ...(conditions ?? [])]
  if (!parts.length) return undefined
  return { and: parts }
}

export function useListingMeta(listing: string) {
  const api = useApi()
  return useQuery({ queryKey: ['columns', listing], queryFn: () => api.columns(listing), staleTime: Infinity })
}

export function useListing(listing: string, query: ListingQuery) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['list', listing, query],
    queryFn: ({ pageParam, signal }) => api.list(listing, { ...query, cursor: pageParam || undefined, count: pageParam ? 'none' : query.count }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
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
