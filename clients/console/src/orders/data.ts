// What the order pages read from the server.
import { useQuery } from '@tanstack/react-query'
import type { Condition, TaskResult } from '@trunnion/kit/checks'
import type { Filter, Row } from '@trunnion/kit/api'
import { useApi, type CustomValue } from '@trunnion/kit/ui'
import type { Entry } from '../records/history'
import type { Comment, LinkedFile, SignatureCard } from '../records/stuck'

export const ORDER = 'work.order'
export const ORDERS = 'work/orders'
export const REQUESTS = 'service/requests'

export interface Wait {
  id: string
  reason: string
  remark: string
  began_at: string
  began_by_name: string
  ended_at: string | null
}

export type { TaskResult } from '@trunnion/kit/checks'

export interface Task {
  id: string
  title: string
  instruction: string
  asks: string
  unit: string
  low: string | null
  high: string | null
  choices: string[]
  value: string
  result: TaskResult | ''
  note: string
  answered_at: string | null
  answered_by_name: string
  /** Of a step of a procedure. */
  procedure_id: string | null
  step_key: string
  section: string
  requirement: string
  repeat: number
  when: Condition[]
  file_id: string | null
}

export interface FollowedProcedure {
  id: string
  procedure_id: string
  number: string
  name: string
  no: number
}

export interface Labour {
  id: string
  resource: string
  kind: string
  minutes: number
  worked_on: string
  began_at: string | null
  ended_at: string | null
  remark: string
  is_reversed: boolean
  reverses_id: string | null
  /** Only for those who may see money. */
  amount?: string | null
  currency?: string
}

/** What an order needs of an item; quantities as exact texts. */
export interface Part {
  id: string
  item_id: string
  store_id: string
  code: string
  name: string
  specification: string
  unit: string
  tracked_by: string
  store: string
  planned: string
  reserved: string
  short: string
  expected_on: string | null
  issued: string
  returned: string
  remark: string
  /** Only for those who may see money. */
  cost?: string
  currency?: string
}

export interface Source {
  store_id: string
  store: string
  kind: string
  near: 'van' | 'site' | 'other'
  metres: number | null
  on_hand: string
  available: string
}

/** Where the parts of an order can come from, nearest first, and what its machine's spare list proposes. */
export interface Sources {
  sources: Record<string, Source[]>
  proposed: { item_id: string; code: string; name: string; unit: string; quantity: string; available: string }[]
  stores: { id: string; name: string; kind: string }[]
}

export interface Timer {
  id: string
  resource: string
  resource_id: string
  kind: string
  began_at: string
}

export const CODE_LISTS = ['mode', 'mechanism', 'cause', 'detection', 'activity'] as const
type Coded = { [List in (typeof CODE_LISTS)[number] as `${List}_name`]: string | null }

export interface Failure extends Coded {
  id: string
  part: string
  description: string
  detected_at: string
}

export interface Downtime {
  id: string
  kind: string
  began_at: string
  ended_at: string | null
}

export interface Confirmation {
  id: string
  is_accepted: boolean
  signer_name: string
  remark: string
  signature_id: string | null
  given_at: string
}

export interface Cost {
  labour: string
  material: string
  service: string
  total: string
  currency: string
  is_frozen: boolean
  unpriced_minutes: number | null
}

export const PHASES = ['reported', 'acknowledged', 'dispatched', 'accepted', 'departed', 'arrived', 'started', 'ended', 'restored', 'confirmed', 'closed'] as const
type Phases = { [Phase in (typeof PHASES)[number] as `${Phase}_at`]: string | null }

interface OtherOrder {
  row_id: string
  number: string
  title: string
  state?: string
  reason?: string
}

/** What only people of the house are told is absent for others. */
export interface Order extends Phases {
  custom?: CustomValue[]
  id: string
  number: string
  version: number
  state: string
  kind: string
  priority: string
  title: string
  description: string
  source: string
  is_stopped: boolean
  asset_id: string | null
  asset_name: string | null
  asset_number: string | null
  equipment_class: string | null
  location_id: string | null
  place: string | null
  site: string | null
  customer: string | null
  customer_phone: string | null
  leading_id: string | null
  leading: string | null
  leading_phone: string | null
  team: string | null
  reporter_name: string
  planned_from_at: string | null
  planned_until_at: string | null
  due_at: string | null
  remedy: string
  end_reason: string
  reopened_count: number
  survivor_id: string | null
  survivor_number: string | null
  merged: { id: string; number: string; title: string }[]
  waits: Wait[]
  tasks: Task[]
  procedures: FollowedProcedure[]
  downtimes: Downtime[]
  confirmations: Confirmation[]
  files: LinkedFile[]
  comments: Comment[]
  signatures: SignatureCard[]
  crew?: { resource_id: string; name: string }[]
  labour?: Labour[]
  timers?: Timer[]
  parts?: Part[]
  readiness?: string
  failures?: Failure[]
  follow_ups?: OtherOrder[]
  origin?: OtherOrder | null
  own_resource_id?: string | null
  proposed_minutes?: { travel?: number; work?: number; wait?: number }
  cost?: Cost | null
  history?: Entry[]
  actions: string[]
  line_actions?: string[]
}

export interface OrderRow extends Row {
  number: string
  title: string
  state: string
  priority: string
  asset_name?: string | null
  place?: string | null
  leading?: string | null
  reported_at?: string | null
}

export interface MyOrder extends OrderRow {
  version: number
  site: string | null
  customer: string | null
  is_stopped: boolean
  planned_from_at: string | null
  waiting_reason: string
  actions: string[]
}

export interface Mine {
  resource_id: string | null
  timer: { order_id: string; number: string; began_at: string; kind: string } | null
  orders: MyOrder[]
  pool: MyOrder[]
}

export const isState = (...states: string[]): Filter => ({ field: 'state', op: 'in', value: states })

/** Not yet over: what another report of the same fault can be joined with. */
export const OPEN = ['requested', 'approved', 'planned', 'dispatched', 'accepted', 'travelling', 'on_site', 'in_progress', 'waiting']
/** What the board shows: everything that is open, and work that is over while its paper is not. */
export const ON_BOARD = ['draft', ...OPEN, 'completed', 'confirmed']
export const RUNNING = ['dispatched', 'accepted', 'travelling', 'on_site', 'in_progress']
export const ENDED = ['closed', 'cancelled', 'rejected', 'merged']

export function useOrder(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', ORDERS, id], queryFn: ({ signal }) => api.detail<Order>(ORDER, id, signal) })
}

export function useMine() {
  const api = useApi()
  // The order's address is part of the key, so that every event of an order makes it stale.
  return useQuery({ queryKey: ['list', ORDERS, 'mine'], queryFn: ({ signal }) => api.get<Mine>('work/mine', signal) })
}

export function useSources(order: Order, isOn: boolean) {
  const api = useApi()
  return useQuery({ queryKey: ['list', 'inventory/stock', 'sources', order.id, order.version], queryFn: ({ signal }) => api.get<Sources>(`work/orders/${order.id}/sources`, signal), enabled: isOn })
}
