// What an import found, or did, per sheet; and the rows that it could not use.
import { Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { CircleCheck } from 'lucide-react'

interface SheetCounts {
  sheet: string
  new: number
  changed: number
  same: number
  error: number
}

interface BadRow {
  sheet: string
  row: number
  column: string
  code: string
  facts?: Record<string, string | number>
  value?: string
}

export interface ImportResult {
  sheets: SheetCounts[]
  bad_rows: BadRow[]
}

const COUNTS = ['new', 'changed', 'same', 'error'] as const

export function Outcome({ result, isDry }: { result: ImportResult; isDry: boolean }) {
  const { t, words, formats } = useWords()
  const total = (count: (typeof COUNTS)[number]): number => result.sheets.reduce((sum, sheet) => sum + sheet[count], 0)
  return (
    <>
      <Section title={t(isDry ? 'cobie.dry_title' : 'cobie.done_title')} isBare>
        <div className="figures">
          {COUNTS.map((count) => (
            <div key={count} className="figure" data-tone={count === 'error' && total('error') > 0 ? 'bad' : undefined}>
              <span className="figure-value">{formats.number(total(count))}</span>
              <span className="muted">{t(`cobie.count.${count}`)}</span>
            </div>
          ))}
        </div>
        <div className="table-wrap">
          <table className="small-table padded">
            <thead><tr><th scope="col">{t('cobie.sheet')}</th>{COUNTS.map((count) => <th key={count} scope="col" data-numeric="true">{t(`cobie.count.${count}`)}</th>)}</tr></thead>
            <tbody>
              {result.sheets.map((sheet) => (
                <tr key={sheet.sheet}>
                  <td>{sheet.sheet}</td>
                  {COUNTS.map((count) => <td key={count} data-numeric="true" className={sheet[count] ? undefined : 'muted'}>{formats.number(sheet[count])}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title={<>{t('cobie.bad_rows')}<span className="section-count">{formats.number(result.bad_rows.length)}</span></>}>
        {result.bad_rows.length === 0 ? <p className="good-line"><CircleCheck size={16} aria-hidden /> {t('cobie.no_bad_rows')}</p> : (
          <>
            <p className="muted">{t('cobie.bad_rows_text')}</p>
            <div className="table-wrap">
              <table className="small-table">
                <thead><tr><th scope="col">{t('cobie.place')}</th><th scope="col">{t('cobie.column')}</th><th scope="col">{t('cobie.why')}</th></tr></thead>
                <tbody>
                  {result.bad_rows.slice(0, 500).map((bad) => (
                    <tr key={`${bad.sheet}${bad.row}${bad.column}${bad.code}`}>
                      <td className="nowrap">{t('cobie.sheet_row', { sheet: bad.sheet, row: bad.row })}</td>
                      <td>{bad.column}</td>
                      <td>{words.t(`refusal.${bad.code}`, bad.facts)}{bad.value ? <span className="muted"> “{bad.value}”</span> : null}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Section>
    </>
  )
}
