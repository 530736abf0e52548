// What the pages of settings read.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi, type CustomChoice } from '@trunnion/kit/ui'

export const FIELD = 'attach.custom_field'
export const FIELDS = 'attach/custom_fields'
export const CODE = 'knowledge.failure_code'
export const CODES = 'knowledge/failure_codes'

export interface Narrowing {
  name: string
  refers_to: string
  choices: string[]
}

export interface FieldKind {
  kind: string
  verbs: string[]
  narrowings: Narrowing[]
}

export interface FieldKinds {
  kinds: FieldKind[]
  types: string[]
  patterns: string[]
}

export interface FieldRow extends Row {
  key: string
  label_en: string
  label_zh: string
  type: string
  unit: string
  group_en: string
  group_zh: string
  is_shared: boolean
  archived_at: string | null
  version: number
}

/** A field as it is defined. */
export interface Definition {
  id: string
  version: number
  kind: string
  key: string
  label_en: string
  label_zh: string
  value_type: string
  unit: string
  refers_to: string
  choices: CustomChoice[]
  required_at: string[]
  default: unknown
  lowest: string | null
  highest: string | null
  most_length: number | null
  pattern: string
  group_en: string
  group_zh: string
  narrowed_by: string
  narrowed_to: string[]
  is_shared: boolean
  /** How many records have a value. */
  values: number
}

export function useFieldKinds() {
  const api = useApi()
  return useQuery({ queryKey: [FIELDS, 'kinds'], queryFn: () => api.get<FieldKinds>(`${FIELDS}/kinds`), staleTime: Infinity })
}

export function useDefinition(id: string | undefined) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', FIELDS, id], queryFn: () => api.detail<Definition>(FIELD, id!), enabled: id !== undefined, staleTime: 0 })
}

/** A key that the server takes, from whatever a thing is called. */
export function keyFrom(name: string, taken: string[], fallback: string): string {
  const plain = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 36) || fallback
  let found = plain
  for (let n = 2; taken.includes(found); n++) found = `${plain}_${n}`
  return found
}
