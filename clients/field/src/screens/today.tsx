// The day: the next job large with its one big step, the others as a list, and what is free to be taken.
import { Empty, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { CalendarClock, ChevronRight, MapPin, Octagon, Wrench } from 'lucide-react'
import { useField } from '../parts/context'
import { Priority, State } from '../parts/badges'
import { BigStep } from '../parts/steps'
import type { DayRow } from '../work/types'

const LIVE = ['in_progress', 'on_site', 'travelling']

/** What is under way comes first; the server's order, by time and urgency, stays otherwise. */
function inOrder(rows: DayRow[]): DayRow[] {
  const rank = (row: DayRow): number => (LIVE.includes(row.state) ? LIVE.indexOf(row.state) : row.state === 'waiting' ? 8 : 4)
  return rows.map((row, at) => ({ row, at })).toSorted((a, b) => rank(a.row) - rank(b.row) || a.at - b.at).map(({ row }) => row)
}

const whereOf = (row: DayRow): string => [...new Set([row.site, row.place].filter(Boolean))].join(' · ')

function When({ row }: { row: DayRow }) {
  const { t, formats } = useWords()
  if (row.planned_from_at) return <span className="fact"><CalendarClock size={16} aria-hidden /> {formats.dateTime(row.planned_from_at)}</span>
  if (row.due_at) return <span className="fact"><CalendarClock size={16} aria-hidden /> {t('job.due', { time: formats.dateTime(row.due_at) })}</span>
  return null
}

function Next({ row }: { row: DayRow }) {
  const { t } = useWords()
  const { field } = useField()
  const order = field.order(row.id)
  return (
    <section className="card next" aria-label={t('job.next')}>
      <a href={`#/order/${row.id}`} className="next-open">
        <p className="over">{t('job.next')} · {row.number || t('job.not_sent_yet')}</p>
        <h2>{row.title}</h2>
        <p className="tags"><State state={row.state} /><Priority priority={row.priority} />{row.is_stopped && <span className="tag" data-tone="bad"><Octagon size={13} aria-hidden /> {t('job.stopped')}</span>}</p>
        {row.asset_name && <span className="fact"><Wrench size={16} aria-hidden /> {row.asset_name}</span>}
        {whereOf(row) && <span className="fact"><MapPin size={16} aria-hidden /> {whereOf(row)}</span>}
        <When row={row} />
      </a>
      {order && <BigStep order={order} />}
    </section>
  )
}

function Rows({ title, rows }: { title: string; rows: DayRow[] }) {
  const { t } = useWords()
  if (!rows.length) return null
  return (
    <section>
      <h2 className="list-title">{title} <span className="count">{rows.length}</span></h2>
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id}>
            <a className="row" href={`#/order/${row.id}`}>
              <span className="row-text">
                <strong>{row.title}</strong>
                <span className="soft">{[row.number || t('job.not_sent_yet'), row.asset_name, whereOf(row)].filter(Boolean).join(' · ')}</span>
                <span className="tags"><State state={row.state} /><Priority priority={row.priority} /><When row={row} /></span>
              </span>
              <ChevronRight size={20} aria-hidden />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Day() {
  const { t, formats } = useWords()
  const { field, state } = useField()
  const [next, ...rest] = inOrder(field.rows())
  const pool = (field.day?.pool ?? []).filter((row) => !field.rows().some(({ id }) => id === row.id))
  if (!state.isReady || (!field.day && state.isReading)) return <Loading lines={6} />
  if (!field.day && !next) return <Empty title={t('job.day_unknown')} text={t('job.day_unknown_text')} />
  if (!field.day?.resource_id && !next) return <Empty title={t('job.no_resource')} text={t('job.no_resource_text')} />
  return (
    <>
      {next ? <Next row={next} /> : <Empty title={t('job.day_empty')} text={t('job.day_empty_text')} />}
      <Rows title={t('job.mine')} rows={rest} />
      <Rows title={t('job.pool')} rows={pool} />
      {!state.readAt && <p className="soft centre">{t(state.isReading ? 'job.reading' : 'job.read_never')}</p>}
      {state.readAt && <p className="soft centre read-at"><a href="#/kept">{t('job.read_at', { time: formats.time(new Date(state.readAt).toISOString()), count: field.assets().length })}</a></p>}
    </>
  )
}

export function Today() {
  const { t } = useWords()
  return (
    <>
      <h1 className="visually-hidden">{t('job.today')}</h1>
      <Day />
    </>
  )
}
