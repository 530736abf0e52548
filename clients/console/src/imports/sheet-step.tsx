// Which sheet it is and in which row the headings stand, seen on the first rows as they were written.
import { useQuery } from '@tanstack/react-query'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Section, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Select } from 'antd'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { IMPORTS, type ImportRun } from './data'
import { letterOf, type Layout } from './mapping'

interface Beginning {
  sheets: string[]
  sheet: string
  header_row: number
  encoding: string
  delimiter: string
  rows: { number: number; cells: string[] }[]
}

interface SheetProps {
  run: ImportRun
  /** Nothing when it is read as it was. */
  onUse: (layout: Partial<Layout> | null) => Promise<void>
  onReread: (layout: Partial<Layout>) => Promise<void>
}

const ENCODINGS = ['utf-8', 'gb18030', 'utf-16', 'big5', 'cp1252']
const DELIMITERS = [',', ';', '\t', '|']

function FirstRows({ found, header, onHeader }: { found: Beginning; header: number; onHeader: (row: number) => void }) {
  const { t } = useWords()
  const width = Math.max(1, ...found.rows.map((row) => row.cells.length))
  const columns = Array.from({ length: width }, (_, at) => at)
  return (
    <div className="table-wrap import-first">
      <table className="small-table">
        <caption className="visually-hidden">{t('imports.header_row')}</caption>
        <thead><tr><th scope="col" aria-label={t('imports.header_row')} />{columns.map((at) => <th key={at} scope="col">{letterOf(at)}</th>)}</tr></thead>
        <tbody>
          {found.rows.map((row) => (
            <tr key={row.number} data-head={row.number === header || undefined} data-above={row.number < header || undefined} onClick={() => onHeader(row.number)}>
              <th scope="row">
                <label className="import-head-pick">
                  <input type="radio" name="header_row" checked={row.number === header} aria-label={t('imports.headings_in', { row: row.number })} onChange={() => onHeader(row.number)} />
                  {row.number}
                </label>
              </th>
              {columns.map((at) => <td key={at} title={row.cells[at]}>{row.cells[at]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export default function SheetStep({ run, onUse, onReread }: SheetProps) {
  const { t } = useWords()
  const api = useApi()
  const [sheet, setSheet] = useState<string>()
  const [header, setHeader] = useState<number>()
  const [isBusy, setBusy] = useState(false)
  const query = useQuery({
    queryKey: ['beginning', IMPORTS, run.id, sheet],
    queryFn: () => api.get<Beginning>(`${IMPORTS}/${run.id}/beginning${sheet ? `?sheet=${encodeURIComponent(sheet)}` : ''}`),
    staleTime: 0,
  })
  const found = query.data
  const head = header ?? found?.header_row ?? 1
  const isText = found?.sheets.length === 0

  async function use(): Promise<void> {
    setBusy(true)
    const isAsItWas = !run.failure && sheet === undefined && header === undefined
    await onUse(isAsItWas ? null : { sheet: found?.sheet || null, header_row: head, encoding: found?.encoding || null, delimiter: found?.delimiter || null })
    setBusy(false)
  }

  const reread = (change: Partial<Layout>): void => void onReread({ sheet: null, header_row: null, encoding: found?.encoding || null, delimiter: found?.delimiter || null, ...change })
  return (
    <Section title={t('imports.sheet_title')} extra={<Button type="primary" loading={isBusy} disabled={!found?.rows.length} onClick={() => void use()}>{t('imports.to_columns')} <ArrowRight size={15} aria-hidden /></Button>}>
      <div className="import-options">
        {found && !isText && <label className="import-option"><span>{t('imports.sheet')}</span><Select aria-label={t('imports.sheet')} value={found.sheet} options={found.sheets.map((name) => ({ value: name, label: name }))} onChange={(next) => { setSheet(next); setHeader(undefined) }} /></label>}
        {(isText || query.error) && (
          <>
            <label className="import-option"><span>{t('imports.encoding')}</span><Select aria-label={t('imports.encoding')} value={found?.encoding} options={[...new Set([...(found ? [found.encoding] : []), ...ENCODINGS])].map((value) => ({ value, label: value.toUpperCase() }))} onChange={(encoding) => reread({ encoding })} /></label>
            <label className="import-option"><span>{t('imports.delimiter')}</span><Select aria-label={t('imports.delimiter')} value={found?.delimiter} options={DELIMITERS.map((value) => ({ value, label: t(`imports.delimiters.${DELIMITERS.indexOf(value)}`) }))} onChange={(delimiter) => reread({ delimiter })} /></label>
          </>
        )}
      </div>
      <p className="muted import-hint">{t('imports.header_hint')}</p>
      {query.error ? <Failed error={query.error} /> : !found ? <Loading lines={6} /> : found.rows.length === 0 ? <Empty title={t('imports.sheet_empty')} /> : <FirstRows found={found} header={head} onHeader={setHeader} />}
    </Section>
  )
}
