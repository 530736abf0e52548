// What each verb of an order asks for; a verb without an entry asks what the contract says.
import type { FieldSpec, VerbSpec } from '@trunnion/kit/ui'
import { engineerReference } from '../references'
import { isState, OPEN, ORDERS, type Order } from './data'

export const WAIT_REASONS = ['parts', 'access', 'customer', 'vendor', 'safety', 'weather']

const choices = (values: string[], prefix: string) => values.map((value) => ({ value, words_key: `${prefix}.${value}` }))

const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: 'field.work.order.reason', isRequired: true, autoFocus: true }
const remark: FieldSpec = { key: 'remark', type: 'longtext', words_key: 'field.work.order.remark' }

const engineer: FieldSpec = { key: 'engineer_id', type: 'reference', words_key: 'field.work.order.engineer', isRequired: true, reference: engineerReference }

export const CODE_LISTS = ['mode', 'mechanism', 'cause', 'detection'] as const

/** Codes offered for the equipment class of the order's asset. */
export function failureFields(classCode: string | undefined): FieldSpec[] {
  const path = `knowledge/failure_codes/offered${classCode ? `?class_code=${encodeURIComponent(classCode)}` : ''}`
  return CODE_LISTS.map((list) => ({ key: list, type: 'offered', words_key: `field.work.failure.${list}`, isHalf: true, offered: { path, list } }))
}

/** Minutes since the work began, less the waiting: a proposal that one may correct. */
export function workedMinutes(order: Order, now: number = Date.now()): number | undefined {
  const began = order.phases.started_at
  if (!began) return undefined
  const start = Date.parse(began)
  const waited = order.waits.reduce((sum, wait) => {
    const from = Math.max(Date.parse(wait.began_at), start)
    const until = wait.ended_at ? Date.parse(wait.ended_at) : now
    return sum + Math.max(0, until - from)
  }, 0)
  return Math.max(1, Math.round((now - start - waited) / 60_000))
}

function completeSpec(order: Order): VerbSpec {
  const codes = failureFields(order.asset?.class_code)
  return {
    rank: 1,
    initial: { labour_minutes: workedMinutes(order) },
    fields: [
      { key: 'remedy', type: 'longtext', words_key: 'field.work.order.remedy' },
      ...codes,
      { key: 'labour_minutes', type: 'number', words_key: 'field.work.order.labour_minutes', min: 0, max: 6_000, isHalf: true },
      { key: 'file_ids', type: 'photos', words_key: 'order.photos_after' },
    ],
    toArgs: (values) => {
      const { mode, mechanism, cause, detection, ...rest } = values
      return mode || mechanism || cause || detection ? { ...rest, failure: { mode, mechanism, cause, detection } } : rest
    },
  }
}

export function orderVerbs(order: Order): Record<string, VerbSpec> {
  return {
    submit: { rank: 1, fields: [] },
    approve: { rank: 2, fields: [] },
    plan: {
      rank: 5,
      fields: [
        { key: 'planned_start_at', type: 'datetime', words_key: 'field.work.order.planned_start_at', isRequired: true },
        { key: 'due_at', type: 'datetime', words_key: 'field.work.order.due_at' },
      ],
    },
    dispatch: { rank: 1, fields: [engineer, { key: 'planned_start_at', type: 'datetime', words_key: 'field.work.order.planned_start_at' }] },
    accept: { rank: 1, fields: [] },
    depart: { rank: 1, fields: [] },
    arrive: { rank: 1, fields: [] },
    grab: { rank: 2, fields: [] },
    refuse: { fields: [reason] },
    start: { rank: 3, fields: [] },
    resume: { rank: 0, fields: [] },
    complete: completeSpec(order),
    wait: { rank: 4, fields: [{ key: 'reason', type: 'choice', words_key: 'field.work.order.wait_reason', isRequired: true, choices: choices(WAIT_REASONS, 'choice.work.order.wait_reason') }, remark] },
    confirm: {
      rank: 1,
      fields: [
        { key: 'name', type: 'text', words_key: 'order.confirm_name', isRequired: true },
        { key: 'signature_png_base64', type: 'signature', words_key: 'order.signature', isRequired: true },
        remark,
      ],
    },
    close: { rank: 2, fields: [], intro_key: 'order.close_intro' },
    reopen: { fields: [reason] },
    decline: { fields: [reason] },
    unmerge: { fields: [] },
    reject: { fields: [reason], isDanger: true },
    cancel: { fields: [reason], isDanger: true },
    merge: {
      fields: [
        {
          key: 'into_id',
          type: 'reference',
          words_key: 'order.merge_into',
          isRequired: true,
          reference: { listing: ORDERS, label: (row) => `${String(row.number)} ${String(row.title)}`, filter: () => isState(...OPEN) },
        },
      ],
    },
  }
}
