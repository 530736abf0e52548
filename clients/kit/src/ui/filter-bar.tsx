// Search and filters of a listing, drawn from its columns.
import { Button, Input, Popover } from 'antd'
import { ListFilter, Search, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Column, Condition, Filter } from '../api'
import { useWords } from '../words'
import { isTerm } from './filter-tree'
import { choiceName, columnName, type ListState } from './listing'

const FilterEditor = lazy(() => import('./filter-editor'))

interface FilterBarProps {
  columns: Column[]
  hasSearch: boolean
  state: ListState
  onState: (state: ListState) => void
}

function useFilterWords(columns: Column[]): (filter: Filter) => string {
  const { t, words, formats } = useWords()
  const ofTerm = (condition: Condition): string => {
    const column = columns.find((one) => one.key === condition.field)
    const show = (value: unknown): string => {
      const choice = column?.choices?.find((one) => one.value === value)
      if (choice) return choiceName(choice, words)
      if (typeof value === 'boolean') return t(value ? 'kit.yes' : 'kit.no')
      if (column?.type === 'date' || column?.type === 'datetime') return formats.date(String(value))
      return String(value ?? '')
    }
    const values = Array.isArray(condition.value) ? condition.value.map(show).join(words.list) : show(condition.value)
    return `${column ? columnName(column, words) : condition.field} ${t(`kit.op.${condition.op}`)} ${values}`
  }
  const ofFilter = (filter: Filter, isInner = false): string => {
    if (isTerm(filter)) return ofTerm(filter)
    const parts = ('and' in filter ? filter.and : filter.or).map((part) => ofFilter(part, true)).join(` ${t('and' in filter ? 'kit.filter.and' : 'kit.filter.or')} `)
    return isInner ? `(${parts})` : parts
  }
  return ofFilter
}

export function FilterBar({ columns, hasSearch, state, onState }: FilterBarProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState(state.search ?? '')
  const describe = useFilterWords(columns)
  const filters = state.filters ?? []
  const usable = columns.filter((column) => column.filterable && column.type !== 'id')

  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef({ state, onState })

  useEffect(() => {
    latest.current = { state, onState }
  })
  useEffect(() => () => clearTimeout(waiting.current), [])

  function search(text: string): void {
    clearTimeout(waiting.current)
    waiting.current = undefined
    latest.current.onState({ ...latest.current.state, search: text || undefined })
  }

  function type(text: string): void {
    setTyped(text)
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => search(text), 250)
  }

  /** Whoever leaves the field for a row must not be called back by a search that comes later. */
  function leave(): void {
    if (waiting.current !== undefined) search(typed)
  }

  return (
    <div className="filter-bar">
      {hasSearch && (
        <Input className="filter-search" type="search" allowClear prefix={<Search size={15} aria-hidden />} placeholder={t('kit.search')} aria-label={t('kit.search')} value={typed} onChange={(event) => type(event.target.value)} onBlur={leave} />
      )}
      {usable.length > 0 && (
        <Popover
          trigger="click"
          placement="bottomLeft"
          open={isOpen}
          onOpenChange={setOpen}
          destroyOnHidden
          content={<Suspense><FilterEditor columns={usable} filters={state.filters} isAny={state.any} onDone={(found) => { setOpen(false); onState({ ...state, ...found }) }} /></Suspense>}
        >
          <Button icon={<ListFilter size={15} />}>{t('kit.filter.add')}</Button>
        </Popover>
      )}
      {filters.map((condition, index) => (
        <span key={JSON.stringify(condition)} className="filter-chip" title={describe(condition)}>
          <button type="button" className="filter-words" onClick={() => setOpen(true)}>{describe(condition)}</button>
          <button type="button" className="icon-button" aria-label={t('kit.filter.remove', { name: describe(condition) })} onClick={() => onState({ ...state, filters: filters.length > 1 ? filters.filter((_, other) => other !== index) : undefined, any: filters.length > 2 ? state.any : undefined })}>
            <X size={13} />
          </button>
        </span>
      ))}
      {filters.length > 1 && (
        <button type="button" className="filter-join" aria-pressed={state.any === true} onClick={() => onState({ ...state, any: state.any ? undefined : true })}>
          {t(state.any ? 'kit.filter.any' : 'kit.filter.all')}
        </button>
      )}
      {filters.length > 1 && <Button type="text" onClick={() => onState({ ...state, filters: undefined })}>{t('kit.filter.clear')}</Button>}
    </div>
  )
}
