// What each verb of an order asks for. A verb without an entry here takes no arguments.
import type { Row } from '@trunnion/kit/api'
import type { FieldSpec, VerbSpec } from '@trunnion/kit/ui'

export const WAIT_REASONS = ['parts', 'access', 'customer', 'vendor', 'safety', 'weather']

const choices = (values: string[], prefix: string) => values.map((value) => ({ value, words_key: `${prefix}.${value}` }))

const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: 'field.work.order.reason', isRequired: true, autoFocus: true }
const remark: FieldSpec = { key: 'remark', type: 'longtext', words_key: 'field.work.order.remark' }

const engineer: FieldSpec = {
  key: 'engineer_id',
  type: 'reference',
  words_key: 'field.work.order.engineer',
  isRequired: true,
  reference: { listing: 'workforce/labour_resources', label: (row: Row) => String(row.name ?? row.code ?? ''), sort: 'name' },
}

/** A code is shown in the reader's language, with its notation number to tell namesakes apart. */
function codeLabel(row: Row, language: string): string {
  return String((language === 'zh-CN' ? row.name_zh : row.name_en) ?? row.name ?? row.code)
}

function failureField(part: 'mode' | 'mechanism' | 'cause' | 'detection', assetId: string | undefined): FieldSpec {
  return {
    key: `${part}_id`,
    type: 'reference',
    words_key: `field.work.failure.${part}`,
    isHalf: true,
    reference: {
      listing: 'knowledge/failure_codes',
      label: codeLabel,
      hint: (row) => String(row.code ?? ''),
      filter: () => ({
        and: [
          { field: 'part', op: 'eq', value: part },
          ...(assetId ? [{ field: 'asset_id', op: 'eq' as const, value: assetId }] : []),
        ],
      }),
    },
  }
}

export function failureFields(assetId: string | undefined): FieldSpec[] {
  return (['mode', 'mechanism', 'cause', 'detection'] as const).map((part) => failureField(part, assetId))
}

function completeSpec(assetId: string | undefined): VerbSpec {
  const codes = failureFields(assetId)
  return {
    rank: 1,
    fields: [
      { key: 'remedy', type: 'longtext', words_key: 'field.work.order.remedy', isRequired: true, autoFocus: true },
      ...codes,
      { key: 'labour_minutes', type: 'number', words_key: 'field.work.order.labour_minutes', min: 0, max: 6_000, isHalf: true },
      { key: 'file_ids', type: 'photos', words_key: 'order.photos_after' },
    ],
    toArgs: (values) => {
      const { mode_id, mechanism_id, cause_id, detection_id, ...rest } = values
      const hasFailure = mode_id || mechanism_id || cause_id || detection_id
      return hasFailure ? { ...rest, failure: { mode_id, mechanism_id, cause_id, detection_id } } : rest
    },
  }
}

export function orderVerbs(assetId: string | undefined): Record<string, VerbSpec> {
  return {
    submit: { rank: 1 },
    approve: { rank: 2 },
    plan: {
      rank: 5,
      fields: [
        { key: 'planned_start_at', type: 'datetime', words_key: 'field.work.order.planned_start_at', isRequired: true },
        { key: 'due_at', type: 'datetime', words_key: 'field.work.order.due_at' },
      ],
    },
    dispatch: { rank: 1, fields: [engineer, { key: 'planned_start_at', type: 'datetime', words_key: 'field.work.order.planned_start_at' }] },
    accept: { rank: 1 },
    depart: { rank: 1 },
    arrive: { rank: 1 },
    start: { rank: 3 },
    resume: { rank: 0 },
    complete: completeSpec(assetId),
    wait: { rank: 4, fields: [{ key: 'reason', type: 'choice', words_key: 'field.work.order.wait_reason', isRequired: true, choices: choices(WAIT_REASONS, 'choice.work.order.wait_reason') }, remark] },
    confirm: {
      rank: 1,
      fields: [
        { key: 'name', type: 'text', words_key: 'order.confirm_name', isRequired: true },
        { key: 'signature_png_base64', type: 'signature', words_key: 'order.signature', isRequired: true },
        remark,
      ],
    },
    close: { rank: 2, intro_key: 'order.close_intro' },
    reopen: { fields: [reason] },
    decline: { fields: [reason] },
    reject: { fields: [reason], isDanger: true },
    cancel: { fields: [reason], isDanger: true },
    merge: {
      fields: [
        {
          key: 'into_id',
          type: 'reference',
          words_key: 'order.merge_into',
          isRequired: true,
          reference: { listing: 'work/orders', label: (row) => `${String(row.number)} ${String(row.title)}`, filter: () => ({ field: 'state', op: 'in', value: ['requested', 'approved', 'planned', 'dispatched', 'accepted', 'travelling', 'on_site', 'in_progress', 'waiting'] }) },
        },
      ],
    },
  }
}
