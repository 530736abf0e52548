// What the request pages read from the server, and what each verb of a request asks for.
import { useQuery } from '@tanstack/react-query'
import { useApi, type CustomValue, type FieldSpec, type VerbSpec } from '@trunnion/kit/ui'
import { REQUESTS } from '../orders/data'
import { choices } from '../orders/verbs'
import type { Comment, LinkedFile } from '../records/stuck'

export const REQUEST = 'service.request'
export const KINDS = ['fault', 'service', 'consultation', 'complaint']
/** Those of which the server makes an order when nobody says otherwise. */
export const NEEDS_ORDER = new Set<unknown>(['fault', 'service'])

interface Named {
  id: string
  name: string
  number?: string
}

export interface Request {
  custom?: CustomValue[]
  id: string
  version: number
  number: string
  kind: string
  channel: string
  state: string
  title: string
  text: string
  is_stopped: boolean
  received_at: string
  reporter: string
  reporter_name: string | null
  reporter_contact: string | null
  erased_at: string | null
  asset: Named | null
  location: Named | null
  customer: Named | null
  order: { id: string; number: string; state: string; title: string } | null
  merged_into: { id: string; number: string } | null
  merged: { id: string; number: string; received_at: string; reporter_hint: string }[]
  /** The request that a complaint is about. */
  about: { id: string; number: string } | null
  symptoms: string[]
  /** Files that the reporter's phone is still sending. */
  incoming: { id: string; name: string; size: number; received: number }[]
  end_reason: string
  urged_count: number
  rating: number | null
  rating_text: string
  files: LinkedFile[]
  comments: Comment[]
  actions: string[]
}

export function useRequest(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', REQUESTS, id], queryFn: ({ signal }) => api.detail<Request>(REQUEST, id, signal) })
}

const field = (key: string): string => `field.${REQUEST}.${key}`
const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: field('reason'), isRequired: true, autoFocus: true }
export const priority: FieldSpec = { key: 'priority', type: 'choice', words_key: field('priority'), choices: choices(['low', 'normal', 'high', 'urgent'], 'choice.work.order.priority') }

export const requestVerbs: Record<string, VerbSpec> = {
  order: { rank: 1, fields: [{ key: 'kind', type: 'choice', words_key: 'field.work.order.kind', choices: choices(['corrective', 'inspection', 'installation', 'calibration', 'modification', 'cleaning'], 'choice.work.order.kind') }, priority] },
  finish: { rank: 2, fields: [{ key: 'answer', type: 'longtext', words_key: field('answer'), autoFocus: true, help_key: 'request.answer_help' }] },
  reopen: { rank: 3, fields: [reason] },
  share: { fields: [] },
  reject: { fields: [reason], isDanger: true },
  cancel: { fields: [{ ...reason, isRequired: false }] },
  erase: { fields: [], intro_key: 'request.erase_intro', isDanger: true },
  merge: {
    fields: [
      {
        key: 'into_id',
        type: 'reference',
        words_key: field('into_id'),
        isRequired: true,
        reference: { listing: REQUESTS, label: (row) => `${String(row.number)} ${String(row.title)}`, hint: (row) => String(row.asset ?? ''), filter: () => ({ field: 'state', op: 'in', value: ['new', 'ordered'] }) },
      },
    ],
  },
}
