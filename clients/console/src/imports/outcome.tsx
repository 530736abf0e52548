// What an import found, or did, per sheet; the rows that it could not use, and what it wants to say about others.
import { Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { CircleCheck, Download } from 'lucide-react'
import { COUNTS, IMPORTS, type Finding, type ImportRun } from './data'

function Counts({ run }: { run: ImportRun }) {
  const { t, formats } = useWords()
  const totals = { new: run.new, changed: run.changed, same: run.same, error: run.errors }
  const sheets = Object.entries(run.sheets).filter(([, count]) => count.rows > 0)
  return (
    <Section title={t(['applied', 'undoing', 'undone'].includes(run.state) ? 'cobie.done_title' : 'cobie.dry_title')} isBare>
      <div className="figures">
        {COUNTS.map((count) => (
          <div key={count} className="figure" data-tone={count === 'error' && totals.error > 0 ? 'bad' : undefined}>
            <span className="figure-value">{formats.number(totals[count])}</span>
            <span className="muted">{t(`cobie.count.${count}`)}</span>
          </div>
        ))}
      </div>
      <div className="table-wrap">
        <table className="small-table padded">
          <thead><tr><th scope="col">{t('cobie.sheet')}</th>{COUNTS.map((count) => <th key={count} scope="col" data-numeric="true">{t(`cobie.count.${count}`)}</th>)}</tr></thead>
          <tbody>
            {sheets.map(([sheet, count]) => (
              <tr key={sheet}>
                <td>{sheet}</td>
                {COUNTS.map((name) => <td key={name} data-numeric="true" className={count[name] ? undefined : 'muted'}>{formats.number(count[name])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function FindingTable({ findings }: { findings: Finding[] }) {
  const { t } = useWords()
  return (
    <div className="table-wrap">
      <table className="small-table">
        <thead><tr><th scope="col">{t('cobie.place')}</th><th scope="col">{t('cobie.column')}</th><th scope="col">{t('cobie.why')}</th></tr></thead>
        <tbody>
          {findings.map((one) => (
            <tr key={one.position}>
              <td className="nowrap">{one.row === null ? one.sheet : t('cobie.sheet_row', { sheet: one.sheet, row: one.row })}</td>
              <td>{one.column}</td>
              <td>{one.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Outcome({ run }: { run: ImportRun }) {
  const { t, formats } = useWords()
  const errors = run.findings.rows.filter((one) => one.severity === 'error')
  const notes = run.findings.rows.filter((one) => one.severity === 'note')
  const file = run.error_file_id && <a className="section-link" href={`/api/${IMPORTS}/${run.id}/errors`}><Download size={14} aria-hidden /> {t('cobie.error_file')}</a>
  return (
    <>
      <Counts run={run} />
      <Section title={<>{t('cobie.bad_rows')}<span className="section-count">{formats.number(run.errors)}</span></>} extra={file}>
        {run.errors === 0 ? <p className="good-line"><CircleCheck size={16} aria-hidden /> {t('cobie.no_bad_rows')}</p> : (
          <>
            <p className="muted">{t('cobie.bad_rows_text')}</p>
            <FindingTable findings={errors} />
          </>
        )}
      </Section>
      {notes.length > 0 && <Section title={<>{t('cobie.notes')}<span className="section-count">{formats.number(notes.length)}</span></>}><FindingTable findings={notes} /></Section>}
    </>
  )
}
