// A record's journal, readable: who did what, when, through which door, and what changed.
import { Empty, Timeline } from '@trunnion/kit/plain'
import { customSpecs, Section, useReferenceOf, type CustomValue, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Changes, type RowChange } from './changes'
import { useRestore, type RestorableRecord, type Restore } from './restore'

export interface Entry {
  id: string
  sequence: number | null
  verb: string
  actor_id: string | null
  actor_name: string
  on_behalf_of: string
  door: string
  subject_kind: string
  subject_id: string | null
  at: string
  device_at: string | null
  /** Why, in their own words. */
  said?: string
  changes?: RowChange[]
}

export function useEntryWords(): (entry: Entry) => { who: string; what: string; where: string } {
  const { t } = useWords()
  return (entry) => ({
    // The server names guests in the organisation's language; here they are named in the reader's.
    who: entry.actor_id ? entry.actor_name : entry.door === 'portal' ? t('journal.guest') : entry.actor_name || t('journal.somebody'),
    what: t(`verb.${entry.verb}`),
    where: t(`door.${entry.door}`),
  })
}

interface HistoryProps {
  kind: string
  id: string
  entries: Entry[]
  /** Where old values may be made the present ones again. */
  restore?: Restore
  /** The record's own fields, by whose labels its history tells of them. */
  custom?: CustomValue[]
}

export function History({ kind, id, entries, restore, custom }: HistoryProps) {
  const { t, formats } = useWords()
  const describe = useEntryWords()
  return (
    <Section title={t('record.history')}>
      {entries.length === 0 ? <Empty /> : (
        <Timeline
          label={t('record.history')}
          steps={entries.map((entry) => {
            const { who, what, where } = describe(entry)
            // A verb on many records is shown with what it did to this one.
            const changes = entry.changes?.filter((change) => change.kind !== kind || change.id === id)
            return {
              key: entry.id,
              title: <><strong>{what}</strong> <span className="muted">{who} · {where}</span></>,
              meta: <time dateTime={entry.at}>{formats.dateTime(entry.at)}</time>,
              body: changes?.length || entry.said ? <>{entry.said && <p className="prose history-said">{entry.said}</p>}{changes?.length ? <Changes changes={changes} at={entry.at} restore={restore} custom={custom} /> : null}</> : undefined,
            }
          })}
        />
      )}
    </Section>
  )
}

interface EditableProps extends Omit<HistoryProps, 'restore' | 'id' | 'custom'> {
  record: RestorableRecord
  fields: FieldSpec[]
  mayEdit: boolean
}

/** The history of a record whose plain facts can be edited. */
export function EditableHistory({ record, fields, mayEdit, ...rest }: EditableProps) {
  const { language } = useWords()
  const referenceOf = useReferenceOf()
  const restore = useRestore(rest.kind, record, [...fields, ...customSpecs(record.custom, language, referenceOf)], mayEdit)
  return <History {...rest} id={record.id} restore={restore} custom={record.custom} />
}
