// What the stock pages read from the server.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'

export const STORE = 'inventory.store'
export const STORES = 'inventory/stores'
export const STOCK = 'inventory/stock'
export const VALUES = 'inventory/values'
export const MOVEMENTS = 'inventory/movements'

export interface Level {
  id: string
  store_id: string
  store: string
  store_kind: string
  on_hand: string
  reserved: string
  free: string
  /** Only for those who may see money. */
  value: string | null
  unit_cost: string | null
}

export interface Kept {
  id: string
  label: string
  demand_kind: string
  demand_id: string
  quantity: string
  needed_at: string | null
  store: string
  expected_on?: string | null
}

export interface ItemStock {
  id: string
  code: string
  name: string
  specification: string
  unit: string
  tracked_by: string
  stores: Level[]
  balances: { id: string; store_id: string; on_hand: string; bin: string | null; lot: string | null; expires_on: string | null }[]
  serials: { id: string; code: string; store: string; bin: string | null }[]
  reservations: Kept[] | null
  shortages: Kept[] | null
  currency: string
  line_actions: string[]
}

export interface Bin {
  id: string
  version: number
  code: string
  name: string
  is_active: boolean
}

export interface Store {
  id: string
  version: number
  code: string
  name: string
  kind: string
  location_id: string | null
  location: string
  resource_id: string | null
  resource: string
  party_id: string | null
  party: string
  address: string
  lat: string | null
  lon: string | null
  is_active: boolean
  bins: Bin[]
  actions: string[]
}

export interface Found {
  kind: string
  id: string
  item_id: string | null
  store_id: string | null
  label: string
}

export function useItemStock(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['list', STOCK, 'item', id], queryFn: ({ signal }) => api.get<ItemStock>(`inventory/items/${id}`, signal) })
}

export function useStore(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', STORES, id], queryFn: ({ signal }) => api.get<Store>(`${STORES}/${id}`, signal) })
}

/** What a scanned or typed text is. */
export function useScan() {
  const api = useApi()
  return async (text: string): Promise<Found[]> => (await api.get<{ found: Found[] }>(`inventory/scan?text=${encodeURIComponent(text)}`)).found
}
