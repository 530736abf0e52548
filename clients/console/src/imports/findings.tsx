// What is told about the rows of a file: by sheet, row, column and reason, a portion at a time.
import { useInfiniteQuery } from '@tanstack/react-query'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Section, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { IMPORTS, type Finding, type ImportRun } from './data'

const PORTION = 50

function useFindings(run: ImportRun, severity: string, sheet: string) {
  const api = useApi()
  const { language } = useWords()
  return useInfiniteQuery({
    queryKey: ['findings', run.id, run.state, severity, sheet, language],
    queryFn: ({ pageParam }) => api.get<ImportRun>(`${IMPORTS}/${run.id}?limit=${PORTION}&after=${pageParam}&severity=${severity}&sheet=${encodeURIComponent(sheet)}`),
    initialPageParam: -1,
    getNextPageParam: (last) => last.findings.next ?? undefined,
  })
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

interface FindingsProps {
  run: ImportRun
  severity: 'error' | 'note'
  /** Sheets that can be chosen. */
  sheets: string[]
  sheet?: string
  onSheet?: (sheet: string) => void
}

export function Findings({ run, severity, sheets, sheet: given, onSheet }: FindingsProps) {
  const { t } = useWords()
  const [own, setOwn] = useState('')
  const sheet = given ?? own
  const query = useFindings(run, severity, sheet)
  const rows = query.data?.pages.flatMap((page) => page.findings.rows) ?? []
  const framed = (content: ReactNode): ReactNode => (severity === 'error' ? content : <Section title={t('cobie.notes')}>{content}</Section>)
  if (query.error) return framed(<Failed error={query.error} onRetry={() => void query.refetch()} />)
  if (!query.data) return severity === 'error' ? <Loading lines={4} /> : null
  if (severity === 'note' && rows.length === 0 && !sheet) return null
  return framed(
    <>
      {sheets.length > 1 && (
        <label className="finding-bar">
          <span className="muted">{t('cobie.sheet')}</span>
          <select className="finding-sheet" value={sheet} onChange={(event) => (onSheet ?? setOwn)(event.target.value)}>
            <option value="">{t('cobie.all_sheets')}</option>
            {sheets.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
        </label>
      )}
      {rows.length === 0 ? <p className="muted">{t('cobie.none_here')}</p> : <FindingTable findings={rows} />}
      {query.hasNextPage && <div className="table-more"><Button type="text" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('kit.table.more')}</Button></div>}
    </>,
  )
}
