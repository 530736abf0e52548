// What the asset pages read from the server.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import { ORDERS, REQUESTS, type Failure } from '../orders/data'
import type { Entry } from '../records/history'
import type { AttributeCard, Comment, LinkedFile } from '../records/stuck'

export const ASSET = 'assets.asset'
export const ASSETS = 'assets/assets'
export const LOCATIONS = 'assets/locations'

export interface Asset {
  id: string
  number: string
  version: number
  state: string
  name: string
  description: string
  tag: string
  serial: string
  barcode?: string
  criticality?: string
  condition: string
  model: string | null
  model_number: string | null
  manufacturer: string | null
  location_id: string | null
  place: string
  position: string | null
  position_code: string | null
  parent_id: string | null
  parent: string | null
  owner: string | null
  user: string | null
  supplier?: string | null
  purchased_on?: string | null
  price?: string | null
  currency?: string
  installed_on: string | null
  in_service_on: string | null
  warranty_from_on: string | null
  warranty_until_on: string | null
  expected_end_on: string | null
  has_code: boolean
  actions: string[]
}

export interface Code {
  path: string | null
  url: string | null
  issued_at: string | null
}

export interface Installation {
  id: string
  from_at: string
  until_at: string | null
  location: string | null
  site: string | null
  position: string | null
}

export interface Part {
  id: string
  number: string
  name: string
  state: string
}

export interface Related extends Part {
  asset_id: string
  kind: string
  outward: boolean
}

export interface MeterCard {
  id: string
  version: number
  name: string
  unit: string
  last_value: string | null
  last_read_at: string | null
}

export interface PastOrder {
  id: string
  number: string
  title: string
  state: string
  priority: string
  remedy: string
  reported_at: string | null
  ended_at: string | null
  leading_name: string | null
}

export interface PastFailure extends Failure {
  order_id: string
  order_number: string
}

export interface Interval {
  id: string
  state: string
  from_at: string
  until_at: string | null
}

export interface CostLine {
  kind: string
  amount: string
  currency: string
}

/** A section is absent where the reader may not see it. */
export interface Sections {
  installations?: Installation[]
  parts?: Part[]
  relations?: Related[]
  groups?: { group_id: string; name: string; code: string; category: string }[]
  meters?: MeterCard[]
  intervals?: Interval[]
  attributes?: AttributeCard[]
  documents?: LinkedFile[]
  comments?: Comment[]
  references?: { id: string; scheme: string; system: string; identifier: string }[]
  history?: Entry[]
  orders?: PastOrder[]
  failures?: PastFailure[]
  costs?: CostLine[]
}

export interface AssetFile {
  asset: Asset
  code: Code | null
  sections: Sections
}

export interface Place extends Row {
  name: string
  code: string
  kind: string
  child_count: number
  asset_count: number
}

export function useAssetFile(id: string) {
  const api = useApi()
  // Orders and requests belong to the file: their addresses are part of the key, so that their events make it stale.
  return useQuery({ queryKey: ['detail', ASSETS, id, ORDERS, REQUESTS], queryFn: ({ signal }) => api.get<AssetFile>(`${ASSETS}/${id}/file`, signal) })
}
