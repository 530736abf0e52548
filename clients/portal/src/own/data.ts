// What a signed-in customer reads.
import type { Symptom } from '../data'

export interface RequestRow {
  id: string
  number: string
  title: string
  kind: string
  state: string
  state_words: string
  reported_at: string
  is_stopped: boolean
  asset_id: string | null
  asset: string | null
  asset_number: string | null
  order_number: string | null
  rating: number | null
}

export interface HomeAnswer {
  customers: { id: string; name: string }[]
  sites: { id: string | null; name: string | null; assets: number }[]
  open: RequestRow[]
}

export interface AssetRow {
  id: string
  number: string
  name: string
  model: string | null
  serial: string | null
  site: string | null
  location: string | null
  state: string
  warranty_until_on: string | null
}

export interface Paper {
  id: string
  name: string
  role: string
  media_type: string
  size: number
}

export interface Visit {
  id: string
  number: string
  title: string
  kind: string
  state: string
  at: string | null
  remedy: string
  engineer: string
}

export interface AssetAnswer {
  asset: {
    id: string
    name: string
    number: string
    serial: string | null
    tag: string | null
    state: string
    place: string | null
    model: string | null
    model_number: string | null
    manufacturer: string | null
    site: string | null
    made_on: string | null
    installed_on: string | null
    in_service_on: string | null
    warranty_from_on: string | null
    warranty_until_on: string | null
    is_under_warranty: boolean
  }
  photo: string | null
  symptoms: Symptom[]
  documents: Paper[]
  requests: RequestRow[]
  history: Visit[]
}

export interface ColleaguesAnswer {
  rows: { id: string; name: string; email: string; is_active: boolean; is_me: boolean }[]
  invited: { id: string; name: string; email: string; expires_at: string }[]
}
