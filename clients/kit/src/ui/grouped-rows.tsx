// A listing by the values of one column: each with its count and its sums, and its rows when it is opened.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Column, Filter, GroupTotals } from '../api'
import { Failed, Loading } from '../plain/states'
import { useWords, type Words } from '../words'
import type { Formats } from '../formats'
import { neededBy } from './cell-editing'
import { baseOf, choiceName, useListing, useTotals } from './listing'
import { TableRows, type RowsProps } from './table-rows'
import { totalText } from './totals'

interface GroupedProps extends Omit<RowsProps, 'rows' | 'hasMore' | 'loadMore'> {
  listing: string
  by: Column
  filter: Filter | undefined
  search: string | undefined
  asked?: string[]
}

const OPEN_AT_FIRST = 3

function nameOf(by: Column, value: unknown, words: Words, formats: Formats): string {
  if (value === null || value === undefined || value === '') return words.t('kit.table.no_value')
  const choice = by.choices?.find((one) => one.value === value)
  if (choice) return choiceName(choice, words)
  if (typeof value === 'boolean') return words.t(value ? 'kit.yes' : 'kit.no')
  return by.type === 'date' ? formats.date(String(value)) : String(value)
}

const isOf = (by: Column, value: unknown): Filter => (value === null || value === undefined ? { field: by.key, op: 'is_null', value: true } : { field: by.key, op: 'eq', value })

function Group({ group, isFirst, listing, by, filter, search, asked, ...rest }: GroupedProps & { group: GroupTotals; isFirst: boolean }) {
  const { words, formats } = useWords()
  const [isOpen, setOpen] = useState(isFirst)
  const own: Filter = { and: [...(filter ? [filter] : []), isOf(by, group.value)] }
  const page = useListing(listing, { filter: own, search, sort: rest.sort || undefined, columns: asked, limit: 100 }, isOpen)
  const rows = page.data?.pages.flatMap((one) => one.rows) ?? []
  const sums = rest.columns.flatMap((column) => group.totals.filter((total) => total.column === column.key).map((total) => totalText(column, total, formats)))
  return (
    <section className="table-group">
      <h2>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown size={15} aria-hidden /> : <ChevronRight size={15} aria-hidden />}
          {nameOf(by, group.value, words, formats)} <span className="section-count">{formats.number(group.count)}</span>
          {sums.length > 0 && <span className="group-sums">{sums.join(' · ')}</span>}
        </button>
      </h2>
      {isOpen && (page.error ? <Failed error={page.error} onRetry={() => void page.refetch()} /> : page.isPending ? <Loading lines={2} /> : <TableRows {...rest} rows={rows} total={group.count} base={baseOf(page.data?.pageParams)} hasMore={page.hasNextPage} loadMore={() => { if (!page.isFetching) void page.fetchNextPage() }} hasBefore={page.hasPreviousPage} loadBefore={() => { if (!page.isFetching) void page.fetchPreviousPage() }} />)}
    </section>
  )
}

/** Choices in the order in which they are declared; anything else the largest first. */
function inOrder(by: Column, groups: GroupTotals[]): GroupTotals[] {
  if (!by.choices?.length) return groups
  const place = new Map(by.choices.map((choice, index) => [choice.value, index]))
  return groups.toSorted((a, b) => (place.get(String(a.value)) ?? 999) - (place.get(String(b.value)) ?? 999))
}

export default function GroupedRows(props: GroupedProps) {
  const { listing, by, filter, search, columns, editing, asked } = props
  const { t } = useWords()
  const totals = useTotals(listing, { filter, search, group: by.key, columns: columns.filter((column) => column.summed).map((column) => column.key) }, true)
  if (totals.error) return <Failed error={totals.error} onRetry={() => void totals.refetch()} />
  if (!totals.data?.groups) return <Loading lines={8} />
  const all = asked && [...new Set([...asked, ...neededBy(editing, columns)])]
  const sums = columns.flatMap((column) => totals.data.totals.filter((total) => total.column === column.key).map((total) => ({ column, total })))
  return (
    <div className="table-groups">
      {inOrder(by, totals.data.groups).map((group, index) => <Group key={String(group.value)} {...props} asked={all} group={group} isFirst={index < OPEN_AT_FIRST} />)}
      {totals.data.is_cut && <p className="table-cut">{t('kit.table.groups_cut')}</p>}
      {sums.length > 0 && <Sums sums={sums} />}
    </div>
  )
}

function Sums({ sums }: { sums: { column: Column; total: GroupTotals['totals'][number] }[] }) {
  const { t, formats } = useWords()
  return <p className="group-whole">{t('kit.table.sum')} <strong>{sums.map(({ column, total }) => totalText(column, total, formats)).join(' · ')}</strong></p>
}
