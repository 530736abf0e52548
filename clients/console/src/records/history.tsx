// A record's journal, readable: who did what, when, through which door, and what changed.
import type { Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { Section, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Changes, type Change } from './changes'

export const JOURNAL = 'kernel/entries'

export interface Entry extends Row {
  sequence: number
  verb: string
  actor: string | null
  door: string
  occurred_at: string
  subject_kind: string
  subject_id: string
  changes?: Change[]
}

export function useEntryWords(): (entry: Entry) => { who: string; what: string; where: string } {
  const { t, words } = useWords()
  return (entry) => ({
    who: entry.actor || t(entry.door === 'portal' ? 'journal.guest' : 'journal.somebody'),
    what: words.t(`verb.${entry.verb}`),
    where: t(`choice.door.${entry.door}`),
  })
}

export function History({ id }: { id: string }) {
  const { t, formats } = useWords()
  const describe = useEntryWords()
  const rows = useRows<Entry>(JOURNAL, { filter: { field: 'subject_id', op: 'eq', value: id }, sort: '-occurred_at', limit: 100 })
  return (
    <Section title={t('record.history')}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading lines={4} /> : rows.data.rows.length === 0 ? <Empty /> : (
        <Timeline
          label={t('record.history')}
          steps={rows.data.rows.map((entry) => {
            const { who, what, where } = describe(entry)
            return {
              key: entry.id,
              title: <><strong>{what}</strong> <span className="muted">{who} · {where}</span></>,
              meta: <time dateTime={entry.occurred_at}>{formats.dateTime(entry.occurred_at)}</time>,
              body: entry.changes?.length ? <Changes changes={entry.changes} kind={entry.subject_kind} /> : undefined,
            }
          })}
        />
      )}
    </Section>
  )
}
