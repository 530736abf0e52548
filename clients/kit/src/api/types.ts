// Shapes that every room of the API shares.
export type Row = { id: string } & Record<string, unknown>

export interface Outcome {
  id: string
  version: number
  number?: string
  state?: string
  /** Somebody must agree first: nothing was done yet. */
  approval_id?: string | null
}

export type Operator = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'contains' | 'starts' | 'is_null' | 'between'

export interface Condition {
  field: string
  op: Operator
  value: unknown
}

export type Filter = Condition | { and: Filter[] } | { or: Filter[] }

export interface ListingQuery {
  filter?: Filter
  search?: string
  sort?: string
  columns?: string[]
  limit?: number
  cursor?: string
  count?: 'none' | 'estimated' | 'exact'
  /** The page that ends before the cursor; without one the last page. */
  back?: boolean
}

/** What is counted and added up of a listing. */
export interface TotalsQuery {
  filter?: Filter
  search?: string
  group?: string
  columns?: string[]
}

/** The sum of one column; money for each currency apart. */
export interface Total {
  column: string
  value: string | number
  currency?: string | null
}

export interface GroupTotals {
  value: unknown
  count: number
  totals: Total[]
}

export interface TotalsAnswer {
  count: number
  totals: Total[]
  groups: GroupTotals[] | null
  is_cut: boolean
}

export interface ListingAnswer<T extends Row = Row> {
  rows: T[]
  next: string | null
  previous?: string | null
  count: { value: number; exact: boolean } | null
}

export type ColumnType = 'text' | 'number' | 'decimal' | 'money' | 'date' | 'datetime' | 'choice' | 'boolean' | 'reference' | 'id'

export interface ColumnChoice {
  value: string
  words_key: string
  label?: Record<string, string> | null
}

export interface Column {
  key: string
  type: ColumnType
  words_key: string
  /** What a field of the organisation's own is called; it has no words of ours. */
  label?: Record<string, string> | null
  sortable: boolean
  filterable: boolean
  ops: Operator[]
  choices?: ColumnChoice[]
  /** Can be filtered by, but is not shown unless asked for. */
  hidden?: boolean
  /** The kind of record that a reference points to. */
  refers_to?: string | null
  unit?: string
  /** Added up over all that matches; money names the column of its currency. */
  summed?: boolean
  currency?: string | null
  /** Rows can be put together by it. */
  groupable?: boolean
}

export interface ListingMeta {
  name: string
  columns: Column[]
  sort: string
  search: boolean
}

export interface StoredFile {
  id: string
  name: string
  media_type: string
  size: number
  width?: number | null
  height?: number | null
}

export interface Job {
  id: string
  state: string
  progress_done: number
  progress_total: number
  result: unknown
  error: unknown
}

export interface Me {
  user: { id: string; name: string; email: string }
  organisation: { id: string; name: string; currency: string; zone: string; language: string; version: number }
  grants: string[]
  language: string
  zone: string
  door: string
  /** A role needs a second factor, and this session proved none: nothing else may be done before. */
  awaits_factor?: boolean
}
