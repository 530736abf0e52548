// An item of the catalogue as its page knows it.
import { useQuery } from '@tanstack/react-query'
import { useApi, type CustomValue } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import type { Entry } from '../records/history'
import type { Comment, LinkedFile } from '../records/stuck'

export const ITEM = 'catalog.item'

interface Other {
  id: string
  item_id: string
  code: string
  name: string
  notes: string
}

export interface Supersession extends Other {
  from_on: string
}

export interface Item {
  history: Entry[]
  id: string
  version: number
  code: string
  name: string
  specification: string
  description: string
  kind: string
  unit: string
  tracked_by: string
  criticality: string
  value_class: string
  storage_conditions: string
  shelf_life_days: number | null
  state: string
  model_id: string | null
  merged_into_id: string | null
  merged: { id: string; name: string; code: string; merged_at: string }[]
  aliases: { id: string; alias: string; kind: string; party_id: string | null; party: string | null }[]
  suppliers: { id: string; version: number; party_id: string; name: string; their_code: string }[]
  units: { id: string; version: number; unit: string; factor: string }[]
  alternates: Other[]
  superseded_by: Supersession[]
  supersedes: Supersession[]
  used_in: { model_id: string; name: string; quantity: string }[]
  files: LinkedFile[]
  comments: Comment[]
  custom?: CustomValue[]
  actions: string[]
}

export function useItem(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', 'catalog/items', id], queryFn: ({ signal }) => api.detail<Item>(ITEM, id, signal) })
}

export const UNITS = 'catalog/units'

/** What units are called in one's language; the code itself until that is known. */
export function useUnitName(): (code: string) => string {
  const api = useApi()
  const { language } = useWords()
  const units = useQuery({ queryKey: ['offered', UNITS, language], queryFn: () => api.get<{ rows: { code: string; name: string }[] }>(UNITS), staleTime: 5 * 60_000 })
  const names = new Map(units.data?.rows.map((one) => [one.code, one.name]))
  return (code) => names.get(code) ?? code
}
