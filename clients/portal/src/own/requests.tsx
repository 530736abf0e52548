// What was asked for: the open ones first, then everything else.
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { ChevronRight } from 'lucide-react'
import { api } from '../carrying'
import { useAnswer } from '../data'
import type { RequestRow } from './data'

const OVER = ['done', 'rejected', 'cancelled', 'merged', 'closed', 'confirmed']

export function RequestList({ rows, empty }: { rows: RequestRow[]; empty: string }) {
  const { t, formats } = useWords()
  if (!rows.length) return <p className="soft">{t(empty)}</p>
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.id}>
          <a className="row" href={`/portal/requests/${row.id}`}>
            <span className="row-main"><strong>{row.title}</strong><span className="soft">{[row.number, row.asset, formats.dateTime(row.reported_at)].filter(Boolean).join(' · ')}</span></span>
            <span className="state" data-over={OVER.includes(row.state)}>{row.state_words}</span>
            <ChevronRight size={18} aria-hidden />
          </a>
        </li>
      ))}
    </ul>
  )
}

export function Requests() {
  const { t } = useWords()
  const { data, error, reload } = useAnswer<{ rows: RequestRow[] }>(api, 'service/own/requests')
  if (error) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />
  const isOver = (row: RequestRow): boolean => OVER.includes(row.state)
  return (
    <div className="own-columns">
      <section className="card">
        <h1>{t('portal.own.open')}</h1>
        <RequestList rows={data.rows.filter((row) => !isOver(row))} empty="portal.own.nothing_open" />
      </section>
      <section className="card">
        <h2>{t('portal.own.over')}</h2>
        <RequestList rows={data.rows.filter(isOver)} empty="portal.own.nothing_over" />
      </section>
    </div>
  )
}
