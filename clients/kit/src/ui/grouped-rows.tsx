// A listing by the choices of one column: each choice with its count, and its rows when it is opened.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Column, ColumnChoice, Filter } from '../api'
import { Loading } from '../plain/states'
import { useWords } from '../words'
import { choiceName, useListing } from './listing'
import { TableRows, type RowsProps } from './table-rows'

interface GroupedProps extends Omit<RowsProps, 'rows' | 'hasMore' | 'loadMore'> {
  listing: string
  by: Column
  filter: Filter | undefined
  search: string | undefined
}

function Group({ choice, isFirst, listing, by, filter, search, ...rest }: GroupedProps & { choice: ColumnChoice; isFirst: boolean }) {
  const { words, formats } = useWords()
  const [isOpen, setOpen] = useState(isFirst)
  const own: Filter = { and: [...(filter ? [filter] : []), { field: by.key, op: 'eq', value: choice.value }] }
  const page = useListing(listing, { filter: own, search, sort: rest.sort || undefined, count: 'exact' })
  const count = page.data?.pages[0]?.count?.value
  const rows = page.data?.pages.flatMap((one) => one.rows) ?? []
  if (count === 0) return null
  return (
    <section className="table-group">
      <h2>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown size={15} aria-hidden /> : <ChevronRight size={15} aria-hidden />}
          {choiceName(choice, words)} <span className="section-count">{count === undefined ? '…' : formats.number(count)}</span>
        </button>
      </h2>
      {isOpen && (page.isPending ? <Loading lines={2} /> : <TableRows {...rest} rows={rows} hasMore={page.hasNextPage} loadMore={() => { if (!page.isFetchingNextPage) void page.fetchNextPage() }} />)}
    </section>
  )
}

export default function GroupedRows(props: GroupedProps) {
  return <div className="table-groups">{(props.by.choices ?? []).map((choice, index) => <Group key={choice.value} {...props} choice={choice} isFirst={index < 3} />)}</div>
}
