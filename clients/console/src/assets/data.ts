// What the asset pages read from the server.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi, type CustomValue } from '@trunnion/kit/ui'
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
  disposal?: string
  state_since_at?: string
  site_id: string | null
  installed_on: string | null
  in_service_on: string | null
  warranty_from_on: string | null
  warranty_until_on: string | null
  is_under_warranty?: boolean
  expected_end_on: string | null
  has_code: boolean
  waiting?: Waiting[]
  merged?: { id: string; number: string; name: string; merged_at: string }[]
  merged_into_id?: string | null
  custom?: CustomValue[]
  usability?: { is_allowed: boolean; reasons: string[] }
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
  remark?: string
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
  kind: string
  unit: string
  is_active: boolean
  rolls_over_at: string | null
  last_value: string | null
  last_read_at: string | null
}

/** A step of its life, with the paper that it stands on. */
export interface LifeMove {
  id: string
  verb: string
  from_state: string
  to_state: string
  moved_at: string
  remark: string
  document_id: string | null
  actor_name: string
  location: string | null
  position: string | null
}

export interface Point {
  position: number
  text: string
  is_passed: boolean
  remark: string
}

export interface PaperCard {
  id: string
  number: string
  verb: string
  state: string
  dated_at: string
  remark: string
  external_number: string
  amount: string | null
  proceeds: string | null
  currency: string
  due_on: string | null
  result: string
  disposal: string
  quantity: number
  file_id: string | null
  approval_id: string | null
  failed_because: string
  actor_name: string
  party: string | null
  to_location: string | null
  to_owner: string | null
  to_user: string | null
  model: string | null
  points: Point[]
}

/** A move that cannot be made yet because somebody must agree first. */
export interface Waiting {
  verb: string
  document_id: string
  approval_id: string
  approval_number: string
  amount: string | null
  currency: string
  asked_by: string
  asked_at: string
  waits_for: string[]
}

export interface CriticalityCard {
  id: string
  assessed_on: string
  matrix_version: string
  level: string
  scores: Record<string, number>
  result: string | null
  remark: string
  actor_name: string
}

export interface ConditionCard {
  id: string
  assessed_on: string
  level: string
  condition: string
  remark: string
  file_id: string | null
  actor_name: string
}

/** Without an id: one that the asset needs by its class and lacks. */
export interface CertificateCard {
  id: string | null
  kind_id: string
  kind: string
  state: string | null
  is_current: boolean
  number?: string
  issuer?: string | null
  issuer_name?: string
  issued_on?: string
  valid_until_on?: string | null
  next_due_on?: string | null
  file_id?: string | null
  remark?: string
  revoked_at?: string | null
  revoked_because?: string
}

/** What an acceptance found wrong. */
export interface DefectCard {
  id: string
  version: number
  text: string
  remark: string
  state: string
  due_on: string | null
  ended_at: string | null
  ended_by_name: string
  ended_remark: string
  document_id: string
  document_number: string
  file_id: string | null
}

export interface IdleCard {
  id: string
  cause: string
  state: string
  idle_since_at: string
  idle_days: number
  claimed_by_name: string
  claimed_location: string | null
  ended_at: string | null
  ended_because: string
  remark: string
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
  moves?: LifeMove[]
  papers?: PaperCard[]
  assessments?: CriticalityCard[]
  conditions?: ConditionCard[]
  certificates?: CertificateCard[]
  idle_findings?: IdleCard[]
  defects?: DefectCard[]
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
  path: string
  name: string
  code: string
  kind: string
  child_count: number
  asset_count: number
}

/** What belongs to the file: its addresses are part of the key, so that its events make it stale. */
const BELONGING = [ORDERS, REQUESTS, 'assets/meters', 'assets/certificates', 'assets/lifecycle_documents', 'assets/relations', 'assets/defects', 'identity/approvals']

export function useAssetFile(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', ASSETS, id, ...BELONGING], queryFn: ({ signal }) => api.get<AssetFile>(`${ASSETS}/${id}/file`, signal) })
}
