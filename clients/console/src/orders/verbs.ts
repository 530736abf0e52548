// What each verb of an order asks for; a verb without an entry asks what the contract says.
import type { FieldSpec, Step, VerbSpec } from '@trunnion/kit/ui'
import { engineerReference } from '../references'
import { CODE_LISTS, isState, OPEN, ORDER, ORDERS, type Order } from './data'

export const WAIT_REASONS = ['parts', 'access', 'customer', 'vendor', 'safety', 'weather']

export const choices = (values: string[], prefix: string) => values.map((value) => ({ value, words_key: `${prefix}.${value}` }))

export const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: 'field.work.order.reason', isRequired: true, autoFocus: true }
const remark: FieldSpec = { key: 'remark', type: 'longtext', words_key: 'field.work.order.remark' }
const engineer: FieldSpec = { key: 'resource_id', type: 'reference', words_key: 'field.work.order.leading', reference: engineerReference, autoFocus: true }
const crew: FieldSpec = { key: 'crew_ids', type: 'reference', words_key: 'field.work.order.crew', reference: engineerReference, isMultiple: true }
const from: FieldSpec = { key: 'planned_from_at', type: 'datetime', words_key: 'field.work.order.planned_from_at', isHalf: true }
const until: FieldSpec = { key: 'planned_until_at', type: 'datetime', words_key: 'field.work.order.planned_until_at', isHalf: true, when: (values) => Boolean(values.planned_from_at) }
const signer: FieldSpec = { key: 'signer_name', type: 'text', words_key: 'field.work.order.signer_name', isRequired: true, autoFocus: true }

/** Codes offered for the equipment class of the order's asset. */
export function failureFields(classCode: string | null): FieldSpec[] {
  const path = `knowledge/failure_codes/offered${classCode ? `?class_code=${encodeURIComponent(classCode)}` : ''}`
  return CODE_LISTS.slice(0, 4).map((list) => ({ key: list, type: 'offered', words_key: `field.work.failure.${list}`, isHalf: true, offered: { path, list } }))
}

export const linkSteps = (fileIds: unknown, orderId: string, role: string): Step[] =>
  ((fileIds as string[] | undefined) ?? []).map((id) => ({ path: `attach/files/${id}/link`, args: { kind: ORDER, row_id: orderId, role } }))

/** Photos and the failure have verbs of their own; they are kept even if the completion is then refused. */
function completeSpec(order: Order): VerbSpec {
  return {
    rank: 1,
    initial: { work_minutes: order.proposed_minutes?.work, travel_minutes: order.proposed_minutes?.travel, is_restored: true },
    fields: [
      { key: 'remedy', type: 'longtext', words_key: 'field.work.order.remedy', isRequired: true, autoFocus: true },
      ...(order.failures?.length ? [] : failureFields(order.equipment_class)),
      { key: 'work_minutes', type: 'number', words_key: 'field.work.order.work_minutes', min: 0, max: 1_440, isHalf: true },
      { key: 'travel_minutes', type: 'number', words_key: 'field.work.order.travel_minutes', min: 0, max: 1_440, isHalf: true },
      ...(order.asset_id ? [{ key: 'is_restored', type: 'boolean', words_key: 'field.work.order.is_restored', isRequired: true } as FieldSpec] : []),
      { key: 'file_ids', type: 'photos', words_key: 'order.photos_after' },
    ],
    before: (values) => {
      const codes = Object.fromEntries(CODE_LISTS.flatMap((list) => (values[list] ? [[list, values[list]]] : [])))
      const failure = Object.keys(codes).length ? [{ path: 'work/failures/record', args: { order_id: order.id, ...codes } }] : []
      return [...linkSteps(values.file_ids, order.id, 'after'), ...failure]
    },
    toArgs: ({ remedy, work_minutes, travel_minutes, is_restored }) => ({ remedy, work_minutes, travel_minutes, is_restored }),
  }
}

export function orderVerbs(order: Order): Record<string, VerbSpec> {
  return {
    submit: { rank: 1, fields: [] },
    approve: { rank: 2, fields: [] },
    plan: { rank: 6, initial: { resource_id: order.leading_id ?? undefined }, fields: [{ ...from, isRequired: true }, until, engineer, crew] },
    // Once somebody is on the way, sending somebody else is the exception.
    dispatch: { rank: order.leading_id && order.state !== 'planned' ? 8 : 1, initial: { resource_id: order.leading_id ?? undefined }, fields: [{ ...engineer, help_key: 'order.dispatch_help' }, crew, from, until] },
    assign: { initial: { resource_id: order.leading_id ?? undefined, crew_ids: order.crew?.map((one) => one.resource_id) }, fields: [engineer, crew] },
    edit: { fields: [] },
    accept: { rank: 1, fields: [] },
    decline: { rank: 7, fields: [reason] },
    depart: { rank: 1, fields: [] },
    arrive: { rank: order.state === 'travelling' ? 0 : 3, fields: [] },
    grab: { rank: 2, fields: [] },
    start: { rank: order.state === 'on_site' ? 0 : 4, fields: [] },
    resume: { rank: 0, fields: [] },
    complete: completeSpec(order),
    wait: { rank: 5, fields: [{ key: 'reason', type: 'choice', words_key: 'field.work.order.waiting_reason', isRequired: true, choices: choices(WAIT_REASONS, `choice.${ORDER}.waiting_reason`) }, remark] },
    confirm: { rank: 1, fields: [signer, { key: 'signature_png_base64', type: 'signature', words_key: 'order.signature', isRequired: true }, remark] },
    refuse: { fields: [signer, { ...remark, words_key: 'order.refuse_why', isRequired: true }] },
    close: { rank: 2, fields: [], intro_key: 'order.close_intro' },
    reopen: { fields: [reason] },
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
