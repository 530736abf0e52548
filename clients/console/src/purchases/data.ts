// Purchases and what is suggested to be bought, as their pages know them.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import type { Comment, LinkedFile } from '../records/stuck'

export const PURCHASE = 'inventory.purchase_order'
export const PURCHASES = 'inventory/purchase_orders'
export const LINE = 'inventory.purchase_line'

export interface PurchaseLine {
  id: string
  item_id: string
  item_code: string
  item_name: string
  own_unit: string
  item_tracked_by: string
  quantity: string
  unit: string
  factor: string
  price: string | null
  their_code: string
  needed_on: string | null
  reason: string
  received: string
  rejected: string
  returned: string
  amount: string
}

export interface Arrival {
  id: string
  receipt_id: string
  number: string
  kind: 'came' | 'went_back'
  paper: string
  happened_at: string
  recorded_by_name: string
  line_id: string
  accepted: string
  rejected: string
  returned: string
  reason: string
  lot: string
}

export interface Purchase {
  id: string
  version: number
  number: string
  state: string
  party_id: string | null
  supplier: string | null
  store_id: string
  store: string
  currency: string
  amount: string
  expected_on: string | null
  remark: string
  external_system: string
  external_id: string
  asked_by_name: string
  approval_id: string | null
  waits_for: string[]
  ordered_at: string | null
  ordered_by_name: string
  lines: PurchaseLine[]
  receipts: Arrival[]
  files: LinkedFile[]
  comments: Comment[]
  actions: string[]
}

export interface Suggestion {
  item_id: string
  item_code: string
  item_name: string
  own_unit: string
  store_id: string
  store: string
  on_hand: string
  reserved: string
  short: string
  incoming: string
  level: string
  method: string
  month: string
  deviation: string
  forecast_by: string
  factor: string
  lead_days: number
  z: string
  lead_demand: string
  safety: string
  reorder_point: string
  order_up_to: string
  needed: string
  pack: string
  quantity: string
  unit: string
  party_id: string | null
  supplier: string | null
  price: string | null
  currency: string
  waiting: { kind: string; id: string; label: string; quantity: string; needed_at: string | null }[]
}

export function usePurchase(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', PURCHASES, id], queryFn: ({ signal }) => api.detail<Purchase>(PURCHASE, id, signal) })
}

export const SUGGESTIONS = 'inventory/replenishment/suggestions'

export function useSuggestions() {
  const api = useApi()
  return useQuery({ queryKey: ['list', SUGGESTIONS], queryFn: ({ signal }) => api.get<{ rows: Suggestion[] }>(SUGGESTIONS, signal) })
}

/** What of a line has not come yet. */
export const openOf = (line: PurchaseLine): number => Math.max(0, Number(line.quantity) - Number(line.received))
