// Which cells of a table may be edited where they stand, and how a change is kept: the room's own edit verb, with the row's version.
import { useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { uuid7, type Column, type ListingAnswer, type Row } from '../api'
import { Problem } from '../api/problem'
import { useWords } from '../words'
import { contractFields } from './contract-fields'
import { customValues, packed, useCustomFields, type CustomValue } from './custom'
import type { FieldSpec } from './fields'
import { columnName } from './listing'
import { useApi, useReferences } from './provider'
import { useToasts } from './toast'

/** Somebody was faster: what the field says now, and with which version. */
export class Conflict extends Error {
  readonly theirs: unknown
  readonly version: number

  constructor(theirs: unknown, version: number) {
    super('conflict')
    this.theirs = theirs
    this.version = version
  }
}

export interface CellEditing {
  kind: string
  fieldOf: (column: Column) => FieldSpec | undefined
  valueOf: (row: Row, column: Column) => unknown
  /** Throws a Conflict where somebody else has changed the same field since. */
  save: (row: Row, column: Column, value: unknown, version?: number) => Promise<void>
}

const INLINE = new Set(['text', 'number', 'date', 'datetime', 'choice', 'boolean', 'reference'])

/** The field of the edit verb that a column shows: of the same name, or the reference whose name it is. */
export function fieldFor(column: Pick<Column, 'key'>, fields: FieldSpec[], keys: ReadonlySet<string>): FieldSpec | undefined {
  const stem = column.key.replace(/_name$/, '')
  // The name of the record that a field of the organisation's own refers to stands beside it.
  const own = column.key.replace(/\.name$/, '')
  return fields.find((field) => INLINE.has(field.type) && !field.isMultiple && (field.type === 'reference' ? (field.key === `${stem}_id` || field.key === own) && keys.has(field.key) : field.key === column.key))
}

const isSame = (a: unknown, b: unknown): boolean => (a ?? '') === (b ?? '') || String(a ?? '') === String(b ?? '')
/** What the server is told: nothing chosen is null, no text is empty text. */
export const told = (field: FieldSpec, value: unknown): unknown => (value === undefined || value === '' ? (field.type === 'text' ? '' : null) : value)

type Pages = InfiniteData<ListingAnswer> | ListingAnswer | undefined

function patched(data: Pages, id: string, part: object): Pages {
  if (!data) return data
  if ('pages' in data) return { ...data, pages: data.pages.map((page) => patched(page, id, part) as ListingAnswer) }
  return Array.isArray(data.rows) ? { ...data, rows: data.rows.map((row) => (row.id === id ? { ...row, ...part } : row)) } : data
}

export function useCellEditing(listing: string, kind: string | undefined, all: Column[] | undefined): CellEditing | undefined {
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const references = useReferences()
  const { words } = useWords()
  const [plain, setPlain] = useState<FieldSpec[]>()
  const own = useCustomFields(kind ?? '', undefined, kind !== undefined)

  useEffect(() => {
    if (kind) void contractFields(kind, 'edit', references, words).then(setPlain)
  }, [kind, references, words])

  return useMemo(() => {
    const fields = [...(plain ?? []), ...own]
    if (!kind || !plain || !fields.length || !all) return undefined
    const keys = new Set(all.map((column) => column.key))
    const found = new Map(all.map((column) => [column.key, fieldFor(column, fields, keys)]))
    const fieldOf = (column: Column): FieldSpec | undefined => found.get(column.key)
    const keyOf = (column: Column): string => fieldOf(column)!.key

    function show(id: string, column: Column, value: unknown, version: number): void {
      const part = fieldOf(column)!.type === 'reference' ? { [keyOf(column)]: value, version } : { [column.key]: value, version }
      queries.setQueriesData<Pages>({ queryKey: ['list', listing] }, (data) => patched(data, id, part))
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(id) })
    }

    async function put(id: string, column: Column, value: unknown, version: number): Promise<number> {
      const done = await api.edit(kind!, id, version, packed({ [keyOf(column)]: told(fieldOf(column)!, value) }), uuid7())
      show(id, column, value, done.version)
      return done.version
    }

    async function save(row: Row, column: Column, value: unknown, version = Number(row.version)): Promise<void> {
      const before = row[keyOf(column)]
      if (isSame(before, value)) return
      let next: number
      try {
        next = await put(row.id, column, value, version)
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 412) throw error
        const detail = await api.detail<Row>(kind!, row.id)
        const now: Row = { ...detail, ...customValues(detail.custom as CustomValue[] | undefined) }
        // Another field was changed: both changes are kept.
        if (!isSame(now[keyOf(column)], before)) throw new Conflict(now[keyOf(column)], Number(now.version))
        next = await put(row.id, column, value, Number(now.version))
      }
      toasts.undoable(words.t('kit.table.edited', { name: columnName(column, words) }), async () => void (await put(row.id, column, before, next)))
    }

    return { kind, fieldOf, valueOf: (row: Row, column: Column) => row[keyOf(column)], save }
  }, [kind, plain, own, all, api, queries, toasts, words, listing])
}

/** What has to be asked of the listing so that rows can be edited: versions, and the ids behind shown names. */
export function neededBy(editing: CellEditing | undefined, columns: Column[]): string[] {
  if (!editing) return []
  return ['version', ...columns.flatMap((column) => editing.fieldOf(column)?.key ?? [])]
}

