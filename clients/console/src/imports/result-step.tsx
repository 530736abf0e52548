// What an import did: counts, the records, the rows that were set aside, and the way back.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Loading } from '@trunnion/kit/plain'
import { Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Download, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { COUNTS, IMPORT, IMPORTS, useAct, type ImportRun } from './data'
import type { GridRow } from './grid-data'
import type { Mapped } from './mapping'
import { TakenBack } from './taken-back'
import { listOf, pageOf } from './targets'
import { UndoButton } from './undo'

const MOST = 50
const NAMES = ['name', 'title', 'number', 'code', 'external_id', 'asset_id']

function useSome(run: ImportRun, verdict: string, isWanted: boolean) {
  const api = useApi()
  const { language } = useWords()
  return useQuery({ queryKey: ['list', IMPORTS, run.id, verdict, run.state, language], queryFn: () => api.get<{ rows: GridRow[] }>(`${IMPORTS}/${run.id}/rows?verdict=${verdict}&limit=${MOST}`), enabled: isWanted })
}

/** What a row calls its record: the cells of the fields that name it. */
function nameOf(row: GridRow, mapped: Mapped): string {
  const columns = NAMES.flatMap((name) => mapped.mapping?.columns.filter((one) => one.field === name) ?? [])
  const said = columns.slice(0, 2).map((one) => row.cells[one.column]).filter(Boolean)
  return (said.length ? said : row.cells.filter(Boolean).slice(0, 2)).join(' · ')
}

function Counted({ run }: { run: ImportRun }) {
  const { t, formats } = useWords()
  const totals = { new: run.new, changed: run.changed, same: run.same, error: run.errors }
  return (
    <div className="figures">
      {COUNTS.map((count) => (
        <div key={count} className="figure" data-tone={count === 'error' && totals.error > 0 ? 'bad' : undefined}>
          <span className="figure-value">{formats.number(totals[count])}</span>
          <span className="muted">{t(`imports.verdict.${count}`)}</span>
        </div>
      ))}
    </div>
  )
}

function Records({ run, mapped, verdict }: { run: ImportRun; mapped: Mapped; verdict: 'new' | 'changed' }) {
  const { t, formats } = useWords()
  const count = run[verdict]
  const some = useSome(run, verdict, count > 0)
  const all = listOf(run.target)
  if (count === 0) return null
  const link = (row: GridRow, content: ReactNode): ReactNode => {
    const page = row.record_id ? pageOf(run.target, row.record_id) : undefined
    return page ? <Link className="row-link" {...(page as { to: '/assets' })}>{content}</Link> : <span className="row-link">{content}</span>
  }
  return (
    <Section isBare title={<>{t(`imports.records.${verdict}`)}<span className="section-count">{formats.number(count)}</span></>} extra={all && <Link className="section-link" {...(all as { to: '/assets' })}>{t('imports.see_list')}</Link>}>
      {!some.data ? <Loading lines={3} /> : (
        <ul className="rows">
          {some.data.rows.map((row) => <li key={row.number}>{link(row, <><span className="row-title">{nameOf(row, mapped)}</span><span className="row-side">{t('imports.row_of', { row: row.number })}</span></>)}</li>)}
        </ul>
      )}
      {count > MOST && <p className="foot-note import-more">{t('imports.first_of', { shown: MOST, all: formats.number(count) })}</p>}
    </Section>
  )
}

function Parked({ run, mapped }: { run: ImportRun; mapped: Mapped }) {
  const { t, formats } = useWords()
  const some = useSome(run, 'error', run.errors > 0)
  if (run.errors === 0) return null
  return (
    <Section title={<>{t('imports.parked')}<span className="section-count">{formats.number(run.errors)}</span></>} extra={<a className="section-link" href={`/api/${IMPORTS}/${run.id}/errors`}><Download size={14} aria-hidden /> {t('cobie.error_file')}</a>}>
      <p className="muted">{t('imports.parked_text')}</p>
      {!some.data ? <Loading lines={2} /> : (
        <div className="table-wrap">
          <table className="small-table">
            <thead><tr><th scope="col">{t('imports.row')}</th><th scope="col">{t('imports.record')}</th><th scope="col">{t('cobie.why')}</th></tr></thead>
            <tbody>
              {some.data.rows.map((row) => (
                <tr key={row.number}>
                  <td>{row.number}</td>
                  <td>{nameOf(row, mapped)}</td>
                  <td>{row.reasons.filter((one) => one.severity === 'error').map((one) => <span key={`${one.field}${one.code}`} className="import-why">{one.title}: {one.text}</span>)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

export default function ResultStep({ run, mapped }: { run: ImportRun; mapped: Mapped }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const navigate = useNavigate()
  const act = useAct(run.id)
  const goOn = (verb: string): void => void act(verb).catch((error: unknown) => toasts.bad(problemWords(words, error, IMPORT)))
  return (
    <div className="narrow-wide">
      {run.failure && <div className="form-problem" role="alert">{run.failure.text}</div>}
      <TakenBack run={run} />
      <Section
        isBare
        title={t(`imports.result.${run.state}`)}
        extra={
          <span className="import-result-actions">
            {run.state === 'failed' && run.actions.includes('apply') && <Button type="primary" onClick={() => goOn('apply')}>{t('imports.go_on')}</Button>}
            {run.actions.includes('undo') && <UndoButton id={run.id} number={run.number} />}
            <Button icon={<Upload size={15} />} onClick={() => void navigate({ to: '/imports', search: { as: run.target } })}>{t('imports.another')}</Button>
          </span>
        }
      >
        <Counted run={run} />
      </Section>
      {run.state === 'applied' && <><Parked run={run} mapped={mapped} /><Records run={run} mapped={mapped} verdict="new" /><Records run={run} mapped={mapped} verdict="changed" /></>}
      {run.state !== 'applied' && <Parked run={run} mapped={mapped} />}
    </div>
  )
}
