// A rule of approval as one sentence, in the reader's language.
import type { Formats } from '@trunnion/kit/formats'
import type { Words } from '@trunnion/kit/words'
import type { Rule, StepLine } from './data'

export interface Names {
  roles: Map<string, string>
  members: Map<string, string>
  places: Map<string, string>
}

export function amountWords(rule: Pick<Rule, 'amount_from' | 'amount_to' | 'currency'>, words: Words, formats: Formats): string {
  const money = (value: string): string => (rule.currency ? formats.money(value, rule.currency) : formats.number(value))
  if (rule.amount_from && rule.amount_to) return words.t('approval.between', { from: money(rule.amount_from), to: money(rule.amount_to) })
  if (rule.amount_from) return words.t('approval.from', { amount: money(rule.amount_from) })
  return rule.amount_to ? words.t('approval.below', { amount: money(rule.amount_to) }) : words.t('approval.any_amount')
}

export function stepWords(step: StepLine, names: Names, words: Words): string {
  const people = [...(step.role_id ? [words.t('approval.who_has', { role: names.roles.get(step.role_id) ?? '…' })] : []), ...step.member_ids.map((id) => names.members.get(id) ?? '…')].join(words.list)
  return words.t(step.need === 'all' ? 'approval.all_of' : 'approval.one_of', { people })
}

export function sentenceOf(rule: Rule, names: Names, words: Words, formats: Formats): string {
  const place = rule.scope_id ? words.t('approval.in_place', { place: names.places.get(rule.scope_id) ?? '…' }) : words.t('approval.anywhere')
  const steps = rule.steps.map((step, index) => words.t(index === 0 ? 'approval.first' : 'approval.then', { step: stepWords(step, names, words) })).join(words.language === 'zh-CN' ? '，' : ', ')
  return words.t('approval.sentence', { verb: words.t(`verb.${rule.verb}`), amount: amountWords(rule, words, formats), place, steps })
}
