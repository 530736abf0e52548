// What the order pages read from the server.
import { useQuery } from '@tanstack/react-query'
import type { Filter, Row } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import type { Entry } from '../records/history'

export const ORDER = 'work.order'
export const ORDERS = 'work/orders'

export interface Ref {
  id: string
  name: string
  number?: string
  code?: string
}

export interface Wait {
  reason: string
  remark?: string
  began_at: string
  ended_at: string | null
}

export interface Task {
  id: string
  title: string
  is_done: boolean
  done_at?: string | null
}

export interface Labour {
  id: string
  resource: Ref
  minutes: number
  kind?: string
  began_at?: string | null
  cost?: string | null
  currency?: string
}

export interface Failure {
  id: string
  mode: Ref | null
  mechanism: Ref | null
  cause: Ref | null
  detection: Ref | null
  remark?: string
}

export interface Cost {
  currency: string
  lines: { kind: string; amount: string }[]
  total: string
  frozen_at: string | null
}

export interface Order {
  id: string
  number: string
  version: number
  state: string
  kind: string
  priority: string
  title: string
  description: string
  source?: string
  asset: (Ref & { class_code?: string }) | null
  location: Ref | null
  engineer: Ref | null
  customer: Ref | null
  reporter: { name?: string; phone?: string } | null
  is_stopped?: boolean
  planned_start_at: string | null
  due_at: string | null
  remedy: string
  /** When each phase was reached, by the verb's past tense. */
  phases: Record<string, string | null>
  waits: Wait[]
  tasks: Task[]
  labour: Labour[]
  failures: Failure[]
  history: Entry[]
  cost: Cost | null
  actions: string[]
}

export interface OrderRow extends Row {
  number: string
  title: string
  state: string
  priority: string
  asset?: string | Ref | null
  engineer?: string | Ref | null
  reported_at?: string
  due_at?: string | null
}

export const isState = (...states: string[]): Filter => ({ field: 'state', op: 'in', value: states })

/** Not yet over: what another report of the same fault can be joined with. */
export const OPEN = ['requested', 'approved', 'planned', 'dispatched', 'accepted', 'travelling', 'on_site', 'in_progress', 'waiting']
export const RUNNING = ['accepted', 'travelling', 'on_site', 'in_progress']

export function useOrder(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', ORDERS, id], queryFn: ({ signal }) => api.detail<Order>(ORDER, id, signal) })
}

export const nameOf = (value: string | Ref | null | undefined): string =>
  typeof value === 'object' && value !== null ? value.name : (value ?? '')
