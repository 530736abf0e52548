// What the columns of a table mean, as the server keeps it, and changes to it.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import { IMPORTS } from './data'
import type { Target } from './targets'

export interface ColumnUse {
  column: number
  field: string
  date_order?: 'ymd' | 'dmy' | 'mdy' | null
  decimals?: 'point' | 'comma' | null
  unit?: string
  values?: Record<string, string>
  separator?: string
  part?: number
  template?: string
  look_up_by?: string
  may_create?: boolean
  zone?: string | null
}

export interface Mapping {
  columns: ColumnUse[]
  constants: Record<string, string>
  match_on: string
  empty: string[]
}

export interface Suggestion {
  column: number
  heading: string
  field: string
  confidence: number
  reason: string
  question: '' | 'date_order' | 'decimals'
  samples: string[]
}

export interface Layout {
  sheet: string | null
  header_row: number | null
  encoding: string | null
  delimiter: string | null
  sheets?: string[]
  headings?: string[]
}

export interface Mapped {
  layout: Layout
  mapping: Mapping | null
  suggestions: Suggestion[]
  kept: string
  mappings: { id: string; name: string }[]
}

/** Every look through the file may find another meaning: `look` tells one from the other. */
export function useMapped(id: string, look: string, isThere: boolean) {
  const api = useApi()
  return useQuery({ queryKey: ['mapping', IMPORTS, id, look], queryFn: () => api.get<Mapped>(`${IMPORTS}/${id}/mapping`), enabled: isThere, staleTime: 0 })
}

export const EMPTY: Mapping = { columns: [], constants: {}, match_on: '', empty: [] }

export const meaningOf = (mapping: Mapping, column: number): ColumnUse | undefined => mapping.columns.find((one) => one.column === column)

/** A column fills another field, or none; the field leaves the column that filled it before. */
export function withField(mapping: Mapping, target: Target, column: number, field: string): Mapping {
  const before = meaningOf(mapping, column)
  const others = mapping.columns.filter((one) => one.column !== column && one.field !== field)
  const constants = Object.fromEntries(Object.entries(mapping.constants).filter(([name]) => name !== field))
  const columns = field ? [...others, { ...(before?.field === field ? before : { column, field }) }] : others
  return matched({ ...mapping, columns: columns.toSorted((a, b) => a.column - b.column), constants }, target)
}

export const withUse = (mapping: Mapping, column: number, change: Partial<ColumnUse>): Mapping => ({
  ...mapping, columns: mapping.columns.map((one) => (one.column === column ? { ...one, ...change } : one)),
})

export function withConstant(mapping: Mapping, target: Target, field: string, value: string | undefined): Mapping {
  const others = Object.fromEntries(Object.entries(mapping.constants).filter(([name]) => name !== field))
  return matched({ ...mapping, constants: value === undefined ? others : { ...others, [field]: value } }, target)
}

const filled = (mapping: Mapping): Set<string> => new Set([...mapping.columns.map((one) => one.field), ...Object.keys(mapping.constants)])

/** Fields by which rows can find their records now. */
export const keysOf = (mapping: Mapping, target: Target): string[] => target.keys.filter((key) => mapping.columns.some((one) => one.field === key))

function matched(mapping: Mapping, target: Target): Mapping {
  const keys = keysOf(mapping, target)
  return keys.includes(mapping.match_on) ? mapping : { ...mapping, match_on: keys[0] ?? '' }
}

export function missingFields(mapping: Mapping, target: Target): string[] {
  const have = filled(mapping)
  return target.fields.filter((one) => one.required && !have.has(one.name)).map((one) => one.title)
}

export const freeFields = (mapping: Mapping, target: Target) => target.fields.filter((one) => !filled(mapping).has(one.name))

/** The same meaning, whatever was left out or stands as its default. */
export function isSame(a: Mapping | null | undefined, b: Mapping | null | undefined): boolean {
  const plain = (mapping: Mapping | null | undefined): string => JSON.stringify({
    columns: (mapping?.columns ?? []).map((one) => [one.column, one.field, one.date_order ?? null, one.decimals ?? null, one.unit ?? '', Object.entries(one.values ?? {}).toSorted(), one.separator ?? '', one.part ?? 0, one.template ?? '', one.look_up_by ?? '', one.may_create ?? false]).toSorted((x, y) => Number(x[0]) - Number(y[0])),
    constants: Object.entries(mapping?.constants ?? {}).toSorted(), match_on: mapping?.match_on ?? '', empty: mapping?.empty ?? [],
  })
  return plain(a) === plain(b)
}

/** A, B, ... Z, AA: how spreadsheets call their columns. */
export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last
}
