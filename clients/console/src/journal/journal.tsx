// The journal of the whole organisation, newest first, with its proof.
import { useInfiniteQuery } from '@tanstack/react-query'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useEntryWords, type Entry } from '../records/history'
import { RecordLink } from '../records/record-link'
import { useGrant } from '../session'

interface Page {
  rows: Entry[]
  next: number | null
}

function Verify() {
  const { t, words, formats } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const [isBusy, setBusy] = useState(false)

  async function verify(): Promise<void> {
    setBusy(true)
    try {
      const { entries, fault } = await api.get<{ entries: number; fault: { sequence: number } | null }>('system/journal/verify')
      if (fault) toasts.bad(t('journal.broken', { sequence: fault.sequence }))
      else toasts.good(t('journal.holds', { count: formats.number(entries) }))
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setBusy(false)
    }
  }

  return <Button icon={<ShieldCheck size={15} />} loading={isBusy} onClick={() => void verify()}>{t('journal.verify')}</Button>
}

function Entries({ entries }: { entries: Entry[] }) {
  const { t, formats } = useWords()
  const describe = useEntryWords()
  return (
    <table className="data-table">
      <thead>
        <tr>{['when', 'what', 'record', 'who', 'where', 'number'].map((key) => <th key={key} scope="col">{t(`journal.column.${key}`)}</th>)}</tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { who, what, where } = describe(entry)
          return (
            <tr key={entry.id}>
              <td>{formats.dateTime(entry.at)}</td>
              <td data-lead><RecordLink kind={entry.subject_kind} id={entry.subject_id}>{what}</RecordLink></td>
              <td>{entry.subject_kind && t(`kind.${entry.subject_kind}`)}</td>
              <td>{who}</td>
              <td>{where}</td>
              <td>{entry.sequence}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

export default function Journal() {
  const { t } = useWords()
  const api = useApi()
  const mayVerify = useGrant('kernel.journal.verify')
  const pages = useInfiniteQuery({
    queryKey: ['journal'],
    queryFn: ({ pageParam }) => api.get<Page>(`system/journal?limit=100${pageParam ? `&before=${pageParam}` : ''}`),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const entries = pages.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <PageShell isFilling title={t('journal.title')} over={t('journal.intro')} actions={mayVerify && <Verify />}>
      {pages.error ? <Failed error={pages.error} onRetry={() => void pages.refetch()} /> : pages.isPending ? <Loading lines={10} /> : entries.length === 0 ? <Empty /> : (
        <div className="table-scroll">
          <Entries entries={entries} />
          {pages.hasNextPage && <div className="table-more"><Button type="text" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('kit.table.more')}</Button></div>}
        </div>
      )}
    </PageShell>
  )
}
