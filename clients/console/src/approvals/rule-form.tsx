// A rule is written as a sentence with gaps: when, from how much, where, and who must agree one after the other.
import { useQueryClient } from '@tanstack/react-query'
import { DraftDialog, NumberField, ReferenceSelect, useApi, useSending } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select, Switch } from 'antd'
import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { locationReference } from '../assets/references'
import { roleName, ROLES } from '../people/data'
import { memberReference } from '../references'
import { useMe } from '../session'
import { RULE, RULES, type Rule, type StepLine } from './data'
import { usePossible } from './possible'

const BLANK: StepLine = { name: '', role_id: null, member_ids: [], need: 'any' }
const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'JPY', 'HKD', 'SGD', 'CHF']

type Draft = Pick<Rule, 'name' | 'verb' | 'amount_from' | 'amount_to' | 'currency' | 'scope_id' | 'steps' | 'remind_after_hours' | 'is_active'>

function Clause({ label, children }: { label: string; children: ReactNode }) {
  return <div className="clause"><span className="clause-word">{label}</span><div className="clause-gaps">{children}</div></div>
}

interface StepProps {
  step: StepLine
  label: string
  onChange: (step: StepLine) => void
  onDrop?: () => void
}

function StepGap({ step, label, onChange, onDrop }: StepProps) {
  const { t, words } = useWords()
  return (
    <Clause label={label}>
      <Select className="clause-need" aria-label={t('approval.need')} value={step.need} options={(['any', 'all'] as const).map((value) => ({ value, label: t(`approval.need_${value}`) }))} onChange={(need) => onChange({ ...step, need })} />
      <ReferenceSelect label={t('approval.role')} placeholder={t('approval.role')} spec={{ listing: ROLES, label: (row) => roleName(row, words), isShort: true }} value={step.role_id ?? undefined} onChange={(value) => onChange({ ...step, role_id: value ?? null })} />
      <ReferenceSelect label={t('approval.members')} placeholder={t('approval.members')} isMultiple spec={{ ...memberReference, filter: () => ({ field: 'is_active', op: 'eq', value: true }) }} value={step.member_ids as unknown as string} onChange={(value) => onChange({ ...step, member_ids: (value as unknown as string[] | undefined) ?? [] })} />
      {onDrop && <button type="button" className="icon-button" aria-label={t('approval.drop_step')} onClick={onDrop}><X size={15} /></button>}
    </Clause>
  )
}

function toFacts(draft: Draft): object {
  const { scope_id, steps, amount_from, amount_to, currency, ...rest } = draft
  const hasAmount = amount_from !== null || amount_to !== null
  return { ...rest, amount_from, amount_to, currency: hasAmount ? currency : null, scope_id, scope_kind: scope_id ? 'assets.location' : '', steps }
}

export default function RuleForm({ rule, onClose }: { rule?: Rule; onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const verbs = usePossible()
  const home = useMe()?.organisation.currency ?? 'CNY'
  const sending = useSending<Draft>({
    initial: () => rule ?? { name: '', verb: '', amount_from: null, amount_to: null, currency: home, scope_id: null, steps: [BLANK], remind_after_hours: 48, is_active: true },
    send: async (typed, keyOf) => {
      const { verb, is_active, ...facts } = toFacts({ name: typed.name.trim(), verb: typed.verb, amount_from: typed.amount_from, amount_to: typed.amount_to, currency: typed.currency || home, scope_id: typed.scope_id, steps: typed.steps, remind_after_hours: typed.remind_after_hours, is_active: typed.is_active }) as Draft
      if (rule) await api.edit(RULE, rule.id, rule.version, { ...facts, is_active }, keyOf(facts, is_active))
      else await api.create(RULE, { ...facts, verb }, keyOf(facts, verb))
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(RULES) })
    },
    onClose,
  })
  const { draft, set, form } = sending
  const figure = (value: number | undefined): string | null => (value === undefined ? null : String(value))
  const isReady = draft.name.trim() !== '' && draft.verb !== '' && draft.steps.every((step) => step.role_id !== null || step.member_ids.length > 0)

  return (
    <DraftDialog title={t(`verb.${RULE}.${rule ? 'edit' : 'create'}`)} kind={RULE} sending={sending} isReady={isReady}>
      <label htmlFor={`${form}-name`}>{t(`field.${RULE}.name`)}</label>
      <Input id={`${form}-name`} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
      <Clause label={t('approval.gap_when')}>
        <Select aria-label={t(`field.${RULE}.verb`)} placeholder={t(`field.${RULE}.verb`)} className="wide" disabled={rule !== undefined} value={draft.verb || undefined} options={[...new Set([...verbs, ...(draft.verb ? [draft.verb] : [])])].map((value) => ({ value, label: t(`verb.${value}`) }))} onChange={(verb: string) => set({ verb })} />
      </Clause>
      <Clause label={t('approval.gap_amount')}>
        <NumberField label={t(`field.${RULE}.amount_from`)} value={draft.amount_from === null ? undefined : Number(draft.amount_from)} onChange={(value) => set({ amount_from: figure(value) })} />
        <span className="muted">{t('approval.gap_to')}</span>
        <NumberField label={t(`field.${RULE}.amount_to`)} value={draft.amount_to === null ? undefined : Number(draft.amount_to)} onChange={(value) => set({ amount_to: figure(value) })} />
        <Select aria-label={t(`field.${RULE}.currency`)} value={draft.currency || home} options={[...new Set([home, ...CURRENCIES])].map((value) => ({ value, label: value }))} onChange={(currency: string) => set({ currency })} />
      </Clause>
      <p className="foot-note">{t('approval.gap_amount_help')}</p>
      <Clause label={t('approval.gap_where')}>
        <ReferenceSelect label={t(`field.${RULE}.scope_id`)} placeholder={t('approval.anywhere')} spec={locationReference} value={draft.scope_id ?? undefined} onChange={(value) => set({ scope_id: value ?? null })} />
      </Clause>
      {draft.steps.map((step, index) => (
        <StepGap key={index} step={step} label={t(index === 0 ? 'approval.gap_first' : 'approval.gap_then')} onChange={(next) => set({ steps: draft.steps.with(index, next) })} onDrop={draft.steps.length > 1 ? () => set({ steps: draft.steps.toSpliced(index, 1) }) : undefined} />
      ))}
      <Button type="dashed" icon={<Plus size={14} />} onClick={() => set({ steps: [...draft.steps, BLANK] })}>{t('approval.add_step')}</Button>
      <Clause label={t(`field.${RULE}.remind_after_hours`)}>
        <NumberField label={t(`field.${RULE}.remind_after_hours`)} value={draft.remind_after_hours} onChange={(value) => set({ remind_after_hours: value ?? 48 })} />
      </Clause>
      {rule && <label className="clause-switch"><Switch checked={draft.is_active} onChange={(is_active) => set({ is_active })} /> {t(`field.${RULE}.is_active`)}</label>}
    </DraftDialog>
  )
}
