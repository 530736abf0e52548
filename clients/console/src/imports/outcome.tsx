// What an import found, or did, per sheet, and how complete each is; the rows that it could not use, and what it wants to say about others.
import { Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { CircleCheck, Download } from 'lucide-react'
import { useState } from 'react'
import { COUNTS, IMPORTS, type ImportRun, type SheetCount } from './data'
import { Findings } from './findings'
import './imports.css'

const LOW = 0.6

/** Of the cells that COBie asks for, how many say something. */
function Complete({ count }: { count: SheetCount }) {
  const { t, formats } = useWords()
  if (!count.needed) return <span className="muted">-</span>
  const share = (count.filled ?? 0) / count.needed
  return (
    <span className="share" data-tone={share < LOW ? 'low' : undefined} title={t('cobie.filled', { filled: formats.number(count.filled ?? 0), needed: formats.number(count.needed) })}>
      <span className="share-bar" aria-hidden><span style={{ inlineSize: `${Math.round(share * 100)}%` }} /></span>
      {formats.percent(share)}
    </span>
  )
}

function Counts({ run, onSheet }: { run: ImportRun; onSheet: (sheet: string) => void }) {
  const { t, formats } = useWords()
  const totals = { new: run.new, changed: run.changed, same: run.same, error: run.errors }
  const sheets = Object.entries(run.sheets).filter(([, count]) => count.rows > 0)
  const hasShares = sheets.some(([, count]) => count.needed)
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
        <table className="small-table padded import-sheets">
          <thead>
            <tr>
              <th scope="col">{t('cobie.sheet')}</th>
              <th scope="col" data-numeric="true">{t('cobie.read')}</th>
              {COUNTS.map((count) => <th key={count} scope="col" data-numeric="true">{t(`cobie.count.${count}`)}</th>)}
              {hasShares && <th scope="col">{t('cobie.complete')}</th>}
            </tr>
          </thead>
          <tbody>
            {sheets.map(([sheet, count]) => (
              <tr key={sheet}>
                <td>{sheet}</td>
                <td data-numeric="true">{formats.number(count.rows)}</td>
                {COUNTS.map((name) => (
                  <td key={name} data-numeric="true" className={count[name] ? undefined : 'muted'}>
                    {name === 'error' && count.error > 0 ? <button type="button" className="link-button import-bad" aria-label={t('cobie.show_bad', { sheet })} onClick={() => onSheet(sheet)}>{formats.number(count.error)}</button> : formats.number(count[name])}
                  </td>
                ))}
                {hasShares && <td><Complete count={count} /></td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

export function Outcome({ run }: { run: ImportRun }) {
  const { t, formats } = useWords()
  const [sheet, setSheet] = useState('')
  const sheets = Object.keys(run.sheets).filter((name) => run.sheets[name]!.rows > 0)
  const bad = sheets.filter((name) => run.sheets[name]!.error > 0)
  const file = run.error_file_id && <a className="section-link" href={`/api/${IMPORTS}/${run.id}/errors`}><Download size={14} aria-hidden /> {t('cobie.error_file')}</a>

  function show(name: string): void {
    setSheet(name)
    document.getElementById('bad-rows')?.scrollIntoView({ behavior: 'smooth', block: 'start' })
  }

  return (
    <>
      <Counts run={run} onSheet={show} />
      <Section id="bad-rows" title={<>{t('cobie.bad_rows')}<span className="section-count">{formats.number(run.errors)}</span></>} extra={file}>
        {run.errors === 0 ? <p className="good-line"><CircleCheck size={16} aria-hidden /> {t('cobie.no_bad_rows')}</p> : (
          <>
            <p className="muted">{t('cobie.bad_rows_text')}</p>
            <Findings run={run} severity="error" sheets={bad} sheet={sheet} onSheet={setSheet} />
          </>
        )}
      </Section>
      <Findings run={run} severity="note" sheets={sheets} />
    </>
  )
}
