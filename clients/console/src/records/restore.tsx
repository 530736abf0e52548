// An old value out of the history becomes the present one again: an edit like any other, with its undo.
import { useQueryClient } from '@tanstack/react-query'
import { problemWords } from '@trunnion/kit/api'
import { customValues, fieldName, packed, useApi, useToasts, type CustomValue, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { RowChange } from './changes'
import { argumentOf, emptyOf, isSame, type Facts } from './differences'

export interface RestorableRecord {
  id: string
  version: number
  custom?: CustomValue[]
}

export interface Restore {
  /** The field of the edit that a column of a change belongs to; none where its value cannot be restored. */
  fieldOf: (change: RowChange, column: string) => FieldSpec | undefined
  /** Whether the record has another value now. */
  differs: (field: FieldSpec, value: unknown) => boolean
  run: (field: FieldSpec, value: unknown) => Promise<void>
  isBusy: boolean
}

/** Null where the record may not be edited. */
export function useRestore(kind: string, record: RestorableRecord, fields: FieldSpec[], mayEdit: boolean): Restore | undefined {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [isBusy, setBusy] = useState(false)
  const facts: Facts = { ...record, ...customValues(record.custom) }

  async function write(version: number, values: Facts): Promise<number> {
    try {
      return (await api.edit(kind, record.id, version, packed(values))).version
    } finally {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(record.id) })
    }
  }

  async function run(field: FieldSpec, value: unknown): Promise<void> {
    const before = { [field.key]: facts[field.key] ?? emptyOf(field) }
    setBusy(true)
    try {
      const version = await write(record.version, { [field.key]: value ?? emptyOf(field) })
      toasts.undoable(t('record.restored', { field: fieldName(field, words) }), async () => void (await write(version, before)))
    } catch (error) {
      toasts.bad(problemWords(words, error, kind))
    } finally {
      setBusy(false)
    }
  }

  if (!mayEdit) return undefined
  return {
    fieldOf: (change, column) => (change.kind === kind && change.id === record.id && change.op === 'change' ? fields.find((field) => field.key === argumentOf(column)) : undefined),
    differs: (field, value) => !isSame(field, facts[field.key], value) && !(field.isRequired && (value === null || value === '')),
    run,
    isBusy,
  }
}
