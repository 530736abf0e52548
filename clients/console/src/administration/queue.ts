// What the server tells of its queue, and how a job and its failure are put into words.
import { faultWords } from '@trunnion/kit/api'
import type { Words } from '@trunnion/kit/words'

export const GROUPS = ['open', 'parked', 'done', 'cancelled'] as const
export const SORTS = ['all', 'task', 'delivery'] as const
export type Group = (typeof GROUPS)[number]
export type Sort = (typeof SORTS)[number]

export interface QueuedJob {
  id: string
  task: string
  is_delivery: boolean
  state: 'ready' | 'running' | 'done' | 'parked' | 'cancelled'
  attempts: number
  handler: string | null
  asked_by: string
  progress_done: number
  progress_total: number
  error: string
  reason: { code: string; facts: Record<string, unknown> } | null
  created_at: string
  run_at: string
  finished_at: string | null
}

export interface JobPage {
  rows: QueuedJob[]
  counts: Record<string, number>
  next: string | null
}

/** A task that has no words yet is called what the server calls it. */
export function jobName(job: Pick<QueuedJob, 'task' | 'handler'>, words: Words): string {
  const key = `jobs.task.${job.task}`
  return words.has(key) ? words.t(key, { handler: job.handler ?? '' }) : job.task
}

/** Why it failed: a refusal in its own words; anything else in words that say what can be done. */
export function reasonWords(reason: QueuedJob['reason'], words: Words): string {
  if (!reason) return ''
  if (words.has(`jobs.reason.${reason.code}`)) return words.t(`jobs.reason.${reason.code}`)
  return words.has(`refusal.${reason.code}`) ? faultWords(words, { code: reason.code, pointer: '', facts: reason.facts } as never) : words.t('jobs.reason.broke_down')
}
