// The journal of the whole organisation.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import type { ReactNode } from 'react'
import { JOURNAL, useEntryWords, type Entry } from '../records/history'

/** Entries about records that have a page lead there. */
function subjectLink(entry: Entry, content: ReactNode): ReactNode {
  if (entry.subject_kind === 'work.order') return <Link to="/orders/$id" params={{ id: entry.subject_id }}>{content}</Link>
  if (entry.subject_kind === 'assets.asset') return <Link to="/assets/$id" params={{ id: entry.subject_id }}>{content}</Link>
  return content
}

export default function Journal() {
  const { t, formats } = useWords()
  const describe = useEntryWords()
  const state = useSearch({ from: '/inside/journal' })
  const navigate = useNavigate({ from: '/journal' })
  return (
    <PageShell isFilling title={t('journal.title')} over={t('journal.intro')}>
      <DataTable
        listing={JOURNAL}
        state={state}
        onState={(next) => void navigate({ search: next, replace: true })}
        columns={['occurred_at', 'verb', 'subject_kind', 'actor', 'door', 'sequence']}
        lead="verb"
        link={(row, content) => subjectLink(row as unknown as Entry, content)}
        cells={{
          occurred_at: (row) => formats.dateTime(String(row.occurred_at)),
          verb: (row) => t(`verb.${String(row.verb)}`),
          subject_kind: (row) => t(`kind.${String(row.subject_kind)}`),
          actor: (row) => describe(row as unknown as Entry).who,
          door: (row) => describe(row as unknown as Entry).where,
        }}
      />
    </PageShell>
  )
}
