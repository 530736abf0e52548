// What the pages of approvals read.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi, type VerbSpec } from '@trunnion/kit/ui'

export const APPROVAL = 'identity.approval'
export const APPROVALS = 'identity/approvals'
export const RULE = 'identity.approval_rule'
export const RULES = 'identity/approval_rules'
export const DELEGATION = 'identity.delegation'
export const DELEGATIONS = 'identity/delegations'

export interface Decision {
  is_granted: boolean
  remark: string
  for_name: string
  actor_name: string
  is_stand_in: boolean
  decided_at: string
}

export interface Step {
  position: number
  name: string
  need: string
  state: string
  opened_at: string | null
  closed_at: string | null
  fell_back_at: string | null
  waits_for: string[]
  decisions: Decision[]
}

export interface Approval {
  id: string
  version: number
  number: string
  title: string
  verb: string
  amount: string | null
  currency: string
  reason: string
  state: string
  subject_kind: string
  subject_id: string
  asked_by_id: string | null
  asked_by_name: string
  asked_at: string
  closed_at: string | null
  steps: Step[]
  actions: string[]
}

export type ApprovalRow = Row & Pick<Approval, 'number' | 'title' | 'verb' | 'amount' | 'currency' | 'state' | 'asked_by_name' | 'asked_at' | 'closed_at' | 'reason' | 'subject_kind' | 'subject_id'>

export interface StepLine {
  name: string
  role_id: string | null
  member_ids: string[]
  need: 'any' | 'all'
}

export interface Rule {
  id: string
  version: number
  name: string
  verb: string
  amount_from: string | null
  amount_to: string | null
  currency: string
  scope_kind: string
  scope_id: string | null
  steps: StepLine[]
  remind_after_hours: number
  is_active: boolean
}

export function useApproval(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', APPROVALS, id], queryFn: ({ signal }) => api.detail<Approval>(APPROVAL, id, signal) })
}

export function useWaiting(isEnabled = true) {
  const api = useApi()
  return useQuery({ queryKey: ['list', `${APPROVALS}/waiting`, APPROVALS], queryFn: ({ signal }) => api.list<ApprovalRow>(`${APPROVALS}/waiting`, { limit: 100, sort: 'asked_at' }, signal), enabled: isEnabled })
}

export const READ_APPROVALS = ['identity.approval.read', 'identity.approval.read_own']

const remark = (isRequired: boolean) => ({ key: 'remark', type: 'longtext' as const, words_key: isRequired ? 'approval.why_not' : 'approval.remark', isRequired, autoFocus: true })

export const approvalVerbs: Record<string, VerbSpec> = {
  grant: { rank: 1, fields: [remark(false)] },
  refuse: { rank: 2, isDanger: true, fields: [remark(true)] },
  withdraw: { rank: 3, fields: [], intro_key: 'approval.withdraw_intro' },
}
