// Notices as the server tells them, and their sentences.
import { jobName } from '../administration/queue'
import type { Formats } from '@trunnion/kit/formats'
import type { Words } from '@trunnion/kit/words'

export type What = 'mention' | 'talk' | 'assigned' | 'progress' | 'approval' | 'decision' | 'rating' | 'warranty' | 'inspection' | 'job'

export interface NoticeRow {
  id: string
  what: What
  subject_kind: string
  subject_id: string
  title: string
  by_name: string
  detail: string
  count: number
  first_at: string
  last_at: string
  read_at: string | null
}

export interface Wishes {
  choices: { what: What; is_wanted: boolean }[]
  mutes: { id: string; subject_kind: string; subject_id: string; title: string; created_at: string }[]
}

export const titleOf = (row: NoticeRow, words: Words): string => (row.what === 'job' ? jobName({ task: row.title, handler: null }, words) : row.title)

/** What happened, in one sentence. */
export function sentenceOf(row: NoticeRow, words: Words, formats: Formats): string {
  const by = row.by_name || words.t('notices.somebody')
  switch (row.what) {
    case 'progress':
    case 'decision': return words.t(`event.${row.detail}`)
    case 'warranty':
    case 'inspection': return words.t(`notices.said.${row.what}`, { day: formats.date(row.detail) })
    case 'rating': return words.t('notices.said.rating', { stars: row.detail })
    case 'approval': return words.t(row.detail ? 'notices.said.reminded' : 'notices.said.approval', { by })
    case 'talk': return words.t(row.count > 1 ? 'notices.said.talks' : 'notices.said.talk', { by, count: row.count })
    default: return words.t(`notices.said.${row.what}`, { by, count: row.count })
  }
}
