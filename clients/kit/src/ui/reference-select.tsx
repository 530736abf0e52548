// Chooses a record of a listing by typing part of its name or number.
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import type { Filter, Row } from '../api'
import { problemWords } from '../api'
import { useWords } from '../words'
import { useRows } from './listing'

export interface ReferenceSpec {
  listing: string
  /** How a row reads; a second line tells namesakes apart. */
  label: (row: Row, language: string) => string
  hint?: (row: Row, language: string) => string
  sort?: string
  /** The column that is sent; the id when absent. */
  value?: string
  /** So few that all are fetched and searched here, by the words that the reader sees. */
  isShort?: boolean
  /** May depend on what is typed in the rest of the form. */
  filter?: (values: Record<string, unknown>) => Filter | undefined
}

interface ReferenceSelectProps {
  spec: ReferenceSpec
  label: string
  values?: Record<string, unknown>
  id?: string
  isMultiple?: boolean
  placeholder?: string
  value?: string
  onChange?: (value: string | undefined) => void
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

export function ReferenceSelect({ spec, label, values, id, isMultiple, placeholder, value, onChange }: ReferenceSelectProps) {
  const { t, words, language } = useWords()
  const [typed, setTyped] = useState('')
  const search = useSettled(typed)
  const rows = useRows(spec.listing, { search: (!spec.isShort && search) || undefined, limit: spec.isShort ? 200 : 30, sort: spec.sort, filter: spec.filter?.(values ?? {}) })
  const found = rows.data?.rows ?? []
  // A value set from outside may not be among the first rows found: it is fetched for its name.
  const valueOf = (row: Row): string => String(row[spec.value ?? 'id'])
  const held: unknown[] = Array.isArray(value) ? value : value ? [value] : []
  const missing = spec.value ? [] : held.filter((one) => !found.some((row) => row.id === one))
  const isMissing = missing.length > 0
  const chosen = useRows(spec.listing, { filter: { field: 'id', op: 'in', value: missing }, limit: 100 }, isMissing)
  const all = [...found, ...(isMissing ? (chosen.data?.rows ?? []).filter((row) => missing.includes(row.id)) : [])]
  const options = all.map((row) => ({ value: valueOf(row), label: spec.label(row, language), hint: spec.hint?.(row, language) }))
  const nothing = rows.error ? problemWords(words, rows.error) : rows.isFetching ? t('kit.loading') : t('kit.nothing_matches')
  return (
    <Select
      id={id}
      aria-label={label}
      className="wide"
      allowClear
      mode={isMultiple ? 'multiple' : undefined}
      placeholder={placeholder ?? t('kit.search_to_choose')}
      showSearch={spec.isShort ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: setTyped }}
      loading={rows.isFetching}
      notFoundContent={nothing}
      value={value}
      onChange={(next) => onChange?.(next)}
      options={options}
      optionRender={(option) => (
        <span className="option">
          <span>{option.data.label}</span>
          {option.data.hint && <span className="option-hint">{option.data.hint}</span>}
        </span>
      )}
    />
  )
}
