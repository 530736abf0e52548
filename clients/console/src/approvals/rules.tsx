// The rules of approval, each told as a sentence; administrators change them in the same sentence.
import { useQuery } from '@tanstack/react-query'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Section, useApi, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Pencil, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { roleName, ROLES } from '../people/data'
import { useGrant } from '../session'
import { RULE, RULES, type Rule } from './data'
import { sentenceOf, type Names } from './sentence'

const RuleForm = lazy(() => import('./rule-form'))

/** The names behind a rule's ids; members and places are read only where rules name some. */
function useNames(rules: Rule[]): Names {
  const { words } = useWords()
  const members = [...new Set(rules.flatMap((rule) => rule.steps.flatMap((step) => step.member_ids)))]
  const places = [...new Set(rules.flatMap((rule) => (rule.scope_id ? [rule.scope_id] : [])))]
  const roles = useRows(ROLES, { limit: 100 }).data?.rows ?? []
  const people = useRows('identity/members', { filter: { field: 'id', op: 'in', value: members }, limit: 200 }, members.length > 0).data?.rows ?? []
  const where = useRows('assets/locations', { filter: { field: 'id', op: 'in', value: places }, limit: 200 }, places.length > 0).data?.rows ?? []
  const named = (rows: { id: string; name?: unknown }[]): Map<string, string> => new Map(rows.map((row) => [row.id, String(row.name)]))
  return { roles: new Map(roles.map((row) => [row.id, roleName(row, words)])), members: named(people), places: named(where) }
}

function useRules() {
  const api = useApi()
  return useQuery({
    queryKey: ['list', RULES, 'whole'],
    queryFn: async () => {
      const { rows } = await api.list(RULES, { limit: 100, sort: 'verb' })
      return Promise.all(rows.map((row) => api.detail<Rule>(RULE, row.id)))
    },
  })
}

function RuleLine({ rule, names, onEdit }: { rule: Rule; names: Names; onEdit?: () => void }) {
  const { t, words, formats } = useWords()
  return (
    <li className="token" data-over={!rule.is_active || undefined}>
      <div>
        <p className="row-title">{rule.name}{!rule.is_active && <span className="muted"> {t('approval.off')}</span>}</p>
        <p className="row-sub-wrap">{sentenceOf(rule, names, words, formats)} {t('approval.remind_after', { hours: rule.remind_after_hours })}</p>
      </div>
      {onEdit && <Button icon={<Pencil size={14} />} onClick={onEdit}>{t('people.edit')}</Button>}
    </li>
  )
}

export default function Rules() {
  const { t } = useWords()
  const rules = useRules()
  const names = useNames(rules.data ?? [])
  const mayCreate = useGrant(`${RULE}.create`)
  const mayEdit = useGrant(`${RULE}.edit`)
  const [edited, setEdited] = useState<Rule | 'new' | null>(null)
  if (rules.error) return <Failed error={rules.error} onRetry={() => void rules.refetch()} />
  if (!rules.data) return <Loading />
  return (
    <div className="narrow-wide">
      <Section isBare title={t('approval.rules')} extra={mayCreate && <Button type="text" icon={<Plus size={15} />} onClick={() => setEdited('new')}>{t(`verb.${RULE}.create`)}</Button>}>
        {rules.data.length === 0 ? <Empty title={t('approval.no_rules')} text={t('approval.no_rules_text')} />
          : <ul className="rows">{rules.data.map((rule) => <RuleLine key={rule.id} rule={rule} names={names} onEdit={mayEdit ? () => setEdited(rule) : undefined} />)}</ul>}
      </Section>
      {edited && <Suspense><RuleForm rule={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} /></Suspense>}
    </div>
  )
}
