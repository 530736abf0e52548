// What the request pages read from the server, and what each verb of a request asks for.
import { useQuery } from '@tanstack/react-query'
import { useApi, type CustomValue, type FieldSpec, type VerbSpec } from '@trunnion/kit/ui'
import { assetReference, locationReference } from '../assets/references'
import { REQUESTS } from '../orders/data'
import { choices } from '../orders/verbs'
import type { Entry } from '../records/history'
import type { Comment, LinkedFile } from '../records/stuck'
import { partyReference } from '../references'

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
  history: Entry[]
  actions: string[]
}

export function useRequest(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', REQUESTS, id], queryFn: ({ signal }) => api.detail<Request>(REQUEST, id, signal) })
}

const field = (key: string): string => `field.${REQUEST}.${key}`
const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: field('reason'), isRequired: true, autoFocus: true }
export const priority: FieldSpec = { key: 'priority', type: 'choice', words_key: field('priority'), choices: choices(['low', 'normal', 'high', 'urgent'], 'choice.work.order.priority') }

const FACTS: FieldSpec[] = [
  { key: 'kind', type: 'choice', words_key: field('kind'), choices: choices(KINDS, `choice.${REQUEST}.kind`), isRequired: true },
  { key: 'asset_id', type: 'reference', words_key: field('asset_id'), reference: assetReference },
  { key: 'location_id', type: 'reference', words_key: field('location_id'), reference: locationReference, isHalf: true },
  { key: 'customer_id', type: 'reference', words_key: field('customer_id'), reference: partyReference, isHalf: true },
]
const REPORTER: FieldSpec[] = [
  { key: 'reporter_name', type: 'text', words_key: field('reporter_name'), isHalf: true, autoComplete: 'off' },
  { key: 'reporter_contact', type: 'text', words_key: field('reporter_contact'), isHalf: true, autoComplete: 'off' },
]

/** What the desk puts right; who reported it only for those who are told. */
export const requestFields = (request: Request): FieldSpec[] => (request.reporter_name === null || request.erased_at ? FACTS : [...FACTS, ...REPORTER])

/** The request under the names that its edit knows. */
export const editable = (request: Request) => ({ ...request, asset_id: request.asset?.id ?? null, location_id: request.location?.id ?? null, customer_id: request.customer?.id ?? null })

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
