// The bar above a table: search and filters, how many there are, grouping, columns, views, export.
import { Button, Popover } from 'antd'
import { Columns3 } from 'lucide-react'
import { lazy, Suspense, type ReactNode } from 'react'
import type { Column, Filter } from '../api'
import { useWords } from '../words'
import { ExportButton } from './export-button'
import { FilterBar } from './filter-bar'
import { columnName, type ListState } from './listing'

const ColumnChooser = lazy(() => import('./column-chooser'))
const ViewsMenu = lazy(() => import('./views'))

interface BarProps {
  listing: string
  state: ListState
  onState: (state: ListState) => void
  onColumns: (columns: string[] | undefined) => void
  lead: string
  name: string
  all: Column[]
  shown: Column[]
  hasSearch: boolean
  sort: string
  filter: Filter | undefined
  count: ReactNode
}

/** A reference is grouped by the name that stands beside it. */
const isGrouping = (column: Column): boolean => column.groupable === true && column.filterable && column.type !== 'reference' && column.key !== 'id'

export function TableBar({ listing, name, all, shown, hasSearch, sort, filter, count, state, onState, onColumns, lead }: BarProps) {
  const { t, words } = useWords()
  const keys = shown.map((column) => column.key)
  const sorting = all.filter((column) => column.sortable)
  const grouping = all.filter((column) => isGrouping(column) && (column.type !== 'text' || keys.includes(column.key)) && column.key !== lead)
  return (
    <div className="table-bar">
      <FilterBar columns={all} hasSearch={hasSearch} state={state} onState={onState} />
      <select className="phone-sort" aria-label={t('kit.table.sort')} value={sort.split(',')[0]} onChange={(event) => onState({ ...state, sort: event.target.value })}>
        {sorting.flatMap((column) => [
          <option key={column.key} value={column.key}>{columnName(column, words)} ↑</option>,
          <option key={`-${column.key}`} value={`-${column.key}`}>{columnName(column, words)} ↓</option>,
        ])}
      </select>
      <div className="table-side">
        {count}
        {grouping.length > 0 && (
          <select className="wide-only table-by" aria-label={t('kit.table.group')} value={state.group ?? ''} onChange={(event) => onState({ ...state, group: event.target.value || undefined })}>
            <option value="">{t('kit.table.group')}</option>
            {grouping.map((column) => <option key={column.key} value={column.key}>{columnName(column, words)}</option>)}
          </select>
        )}
        <Popover trigger="click" placement="bottomRight" destroyOnHidden content={<Suspense><ColumnChooser all={all.filter((column) => column.type !== 'id')} shown={keys} lead={lead} onChange={onColumns} /></Suspense>}>
          <Button type="text" className="wide-only" icon={<Columns3 size={15} />} aria-label={t('kit.columns.title')}>{t('kit.columns.title')}</Button>
        </Popover>
        <Suspense><ViewsMenu name={name} columns={keys} state={state} onState={onState} /></Suspense>
        <ExportButton listing={listing} query={{ filter, search: state.search, sort: state.sort, columns: keys }} />
      </div>
    </div>
  )
}
