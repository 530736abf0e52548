// After how many days equipment of a class counts as idle.
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { FormDialog, Section, useRows, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { classReference } from '../references'
import { useGrant } from '../session'

const RULE = 'assets.idle_rule'
const RULES = 'assets/idle_rules'
const FIELDS: FieldSpec[] = [
  { key: 'equipment_class_id', type: 'reference', words_key: `field.${RULE}.equipment_class_id`, reference: classReference, help_key: 'watch.rule_help' },
  { key: 'days', type: 'number', words_key: `field.${RULE}.days`, isRequired: true, min: 1, max: 3660 },
]

export default function IdleRules() {
  const { t, words, language } = useWords()
  const toasts = useToasts()
  const rows = useRows(RULES, { limit: 100 })
  const classes = useRows('catalog/equipment_classes', { limit: 200 }).data?.rows ?? []
  const names = new Map(classes.map((row) => [String(row.code), classReference.label(row, language)]))
  const run = useSteps(RULES)
  const maySet = useGrant(`${RULE}.set`)
  const mayRemove = useGrant(`${RULE}.remove`)
  const [isAsking, setAsking] = useState(false)
  if (rows.error) return <Failed error={rows.error} onRetry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />

  async function remove(id: string): Promise<void> {
    try {
      await run([{ path: `${RULES}/${id}/remove`, args: {} }], t('kit.verb_done', { verb: t(`verb.${RULE}.remove`) }))
    } catch (error) {
      toasts.bad(problemWords(words, error, RULE))
    }
  }

  return (
    <div className="narrow-wide">
      <Section isBare title={t('watch.idle_rules')} extra={maySet && <Button type="text" icon={<Plus size={15} />} onClick={() => setAsking(true)}>{t('watch.set_rule')}</Button>}>
        {rows.data.rows.length === 0 ? <Empty title={t('watch.no_rules')} text={t('watch.no_rules_text')} /> : (
          <ul className="rows">
            {rows.data.rows.map((row) => (
              <li key={row.id} className="related known-row-line">
                <span>{row.equipment_class ? t('watch.rule_of', { class: names.get(String(row.equipment_class)) ?? String(row.equipment_class), days: Number(row.days) }) : t('watch.rule_all', { days: Number(row.days) })}</span>
                {mayRemove && <button type="button" className="icon-button" aria-label={`${t(`verb.${RULE}.remove`)}: ${String(row.equipment_class ?? '')}`} onClick={() => void remove(row.id)}><X size={14} /></button>}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {isAsking && <FormDialog kind={RULE} title={t(`verb.${RULE}.set`)} fields={FIELDS} initial={{ days: 90 }} onClose={() => setAsking(false)} onSubmit={async (values) => { await run([{ path: `${RULES}/set`, args: values }]) }} />}
    </div>
  )
}
