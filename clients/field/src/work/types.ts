// What the phone knows of orders and machines: the server's own shapes, as far as the screens need them.
import type { Condition, TaskResult } from '@trunnion/kit/checks'

export const ORDER = 'work.order'
export const CODE_LISTS = ['mode', 'mechanism', 'cause'] as const
export type CodeList = (typeof CODE_LISTS)[number]
export type { TaskResult } from '@trunnion/kit/checks'

export type Asks = 'check' | 'tick' | 'text' | 'number' | 'choice' | 'date' | 'barcode' | 'photo' | 'signature' | 'meter' | 'read'

export interface Task {
  id: string
  version: number
  title: string
  instruction: string
  /** What it wants to know, and what is right; a phone may hold orders from before there were kinds. */
  asks?: Asks
  unit?: string
  low?: string | null
  high?: string | null
  choices?: string[]
  value?: string
  result: TaskResult | ''
  note: string
  answered_by_name: string
  /** Of a step of a procedure. */
  procedure_id?: string | null
  step_key?: string
  section?: string
  requirement?: string
  repeat?: number
  when?: Condition[]
  file_id?: string | null
}

export interface Timer {
  resource_id: string
  kind: string
  began_at: string
}

export interface Failure {
  id: string
  mode_name: string | null
  mechanism_name: string | null
  cause_name: string | null
}

export interface LinkedFile {
  file_id: string
  role: string
  name: string
  media_type: string
  has_thumbnail: boolean
  /** Not yet at the server: its content is among the phone's own. */
  isLocal?: boolean
}

export interface Comment {
  id: string
  text: string
  author_name: string
  is_internal: boolean
  created_at: string
  removed_at: string | null
}

export interface OtherOrder {
  row_id: string
  number: string
  title: string
  state?: string
}

export interface Order {
  id: string
  number: string
  version: number
  state: string
  state_at: string
  kind: string
  priority: string
  title: string
  description: string
  symptom: string
  is_stopped: boolean
  asset_id: string | null
  asset_name: string | null
  asset_number: string | null
  asset_serial: string | null
  model: string | null
  equipment_class: string | null
  location_id: string | null
  place: string | null
  site: string | null
  /** WGS 84, of the place or of its site. */
  point?: { lat: string; lon: string } | null
  customer: string | null
  customer_phone: string | null
  leading_id: string | null
  leading: string | null
  reporter_name: string
  planned_from_at: string | null
  due_at: string | null
  waiting_reason: string
  returns_to: string
  remedy: string
  end_reason: string
  tasks: Task[]
  files: LinkedFile[]
  comments: Comment[]
  confirmations: { signer_name: string; is_accepted: boolean; given_at: string }[]
  labour?: { id: string; kind: string; minutes: number; resource: string }[]
  timers?: Timer[]
  failures?: Failure[]
  follow_ups?: OtherOrder[]
  own_resource_id?: string | null
  /** Whoever waits sees where one is, until one is there. */
  is_position_shared?: boolean
  actions: string[]
  line_actions?: string[]
}

/** A row of the day: enough for the list before the order itself has been read. */
export interface DayRow {
  id: string
  version: number
  number: string
  title: string
  state: string
  priority: string
  kind: string
  is_stopped: boolean
  asset_id: string | null
  asset_name: string | null
  place: string | null
  site: string | null
  customer: string | null
  planned_from_at: string | null
  due_at: string | null
  actions?: string[]
}

export interface Day {
  resource_id: string | null
  timer: { order_id: string; began_at: string; kind: string } | null
  orders: DayRow[]
  pool: DayRow[]
}

export interface Code { code: string; name: string }
export type Codes = Record<string, Code[]>

export interface PastOrder { id: string; number: string; title: string; state: string; remedy: string; reported_at: string | null }

export interface AssetFile {
  id: string
  asset: { id: string; number: string; name: string; serial: string; model: string | null; state: string; place: string; warranty_until_on: string | null; customer: string | null; location_id: string | null }
  code: { path: string | null } | null
  sections: { orders?: PastOrder[]; parts?: { name?: string; item?: string; quantity?: string }[]; documents?: LinkedFile[] }
}
