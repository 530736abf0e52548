// What the asset pages read from the server.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import type { Ref } from '../orders/data'
import type { Entry } from '../records/history'

export const ASSET = 'assets.asset'
export const ASSETS = 'assets/assets'
export const LOCATIONS = 'assets/locations'

export interface Installation {
  id: string
  place: string
  from_at: string
  until_at: string | null
}

export interface Asset {
  id: string
  number: string
  version: number
  state: string
  name: string
  tag?: string
  serial_number?: string
  barcode?: string
  criticality?: string | null
  condition?: string | null
  description?: string
  model: (Ref & { manufacturer?: string; model_number?: string }) | null
  location: Ref | null
  position: Ref | null
  parent: Ref | null
  owner: Ref | null
  purchased_on?: string | null
  installed_on?: string | null
  in_service_on?: string | null
  warranty_until?: string | null
  replacement_cost?: string | null
  currency?: string
  qr_path?: string | null
  installations: Installation[]
  history: Entry[]
  actions: string[]
}

export interface LocationRow extends Row {
  name: string
  code?: string
  kind?: string
  child_count?: number
}

export function useAsset(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', ASSETS, id], queryFn: ({ signal }) => api.detail<Asset>(ASSET, id, signal) })
}
