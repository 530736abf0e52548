// The kinds of statutory certificates, and which class of equipment needs which.
import type { Row } from '@trunnion/kit/api'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { FormDialog, Section, useRows, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { certificateKindReference } from '../assets/certificates'
import { classReference } from '../references'
import { useGrant } from '../session'

const KIND = 'assets.certificate_kind'
const KINDS = 'assets/certificate_kinds'
const NEED = 'assets.certificate_requirement'
const NEEDS = 'assets/certificate_requirements'

const KIND_FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: `field.${KIND}.name`, isRequired: true, autoFocus: true },
  { key: 'code', type: 'text', words_key: `field.${KIND}.code`, isRequired: true, isHalf: true },
  { key: 'interval_months', type: 'number', words_key: `field.${KIND}.interval_months`, isHalf: true, min: 1, max: 600 },
  { key: 'blocks_use', type: 'boolean', words_key: `field.${KIND}.blocks_use`, isRequired: true },
]
const NEED_FIELDS: FieldSpec[] = [
  { key: 'kind_id', type: 'reference', words_key: `field.${NEED}.kind_id`, isRequired: true, reference: certificateKindReference },
  { key: 'equipment_class_id', type: 'reference', words_key: `field.${NEED}.equipment_class_id`, isRequired: true, reference: classReference },
]

function useClassNames(rows: Row[]): Map<string, string> {
  const { language } = useWords()
  const codes = [...new Set(rows.map((row) => String(row.equipment_class)))]
  const classes = useRows('catalog/equipment_classes', { limit: 200 }, codes.length > 0).data?.rows ?? []
  return new Map(classes.map((row) => [String(row.code), classReference.label(row, language)]))
}

function Needs({ rows }: { rows: Row[] }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const run = useSteps(NEEDS)
  const names = useClassNames(rows)
  const mayRemove = useGrant(`${NEED}.remove`)

  async function remove(id: string): Promise<void> {
    try {
      await run([{ path: `${NEEDS}/${id}/remove`, args: {} }], t('kit.verb_done', { verb: t(`verb.${NEED}.remove`) }))
    } catch (error) {
      toasts.bad(problemWords(words, error, NEED))
    }
  }

  if (!rows.length) return <Empty title={t('watch.no_needs')} />
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.id} className="related known-row-line">
          <span>{t('watch.needs', { class: names.get(String(row.equipment_class)) ?? String(row.equipment_class), kind: String(row.kind) })}</span>
          {mayRemove && <button type="button" className="icon-button" aria-label={`${t(`verb.${NEED}.remove`)}: ${String(row.equipment_class)}`} onClick={() => void remove(row.id)}><X size={14} /></button>}
        </li>
      ))}
    </ul>
  )
}

export default function Kinds() {
  const { t } = useWords()
  const kinds = useRows(KINDS, { limit: 100 })
  const needs = useRows(NEEDS, { limit: 200 })
  const run = useSteps(KINDS)
  const mayCreate = useGrant(`${KIND}.create`)
  const mayRequire = useGrant(`${NEED}.create`)
  const [asked, setAsked] = useState<'kind' | 'need' | null>(null)
  if (kinds.error ?? needs.error) return <Failed error={kinds.error ?? needs.error} />
  if (!kinds.data || !needs.data) return <Loading />
  return (
    <div className="narrow-wide">
      <Section isBare title={t('watch.kinds')} extra={mayCreate && <Button type="text" icon={<Plus size={15} />} onClick={() => setAsked('kind')}>{t(`verb.${KIND}.create`)}</Button>}>
        {kinds.data.rows.length === 0 ? <Empty title={t('watch.no_kinds')} text={t('watch.no_kinds_text')} /> : (
          <ul className="rows">
            {kinds.data.rows.map((row) => (
              <li key={row.id} className="known-row-line">
                <span className="row-title">{String(row.name)}</span>
                <span className="row-sub-wrap">{[row.code, row.interval_months && t('watch.every', { months: Number(row.interval_months) }), row.blocks_use && t('column.assets.certificate_kinds.blocks_use'), !row.is_active && t('approval.off')].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section isBare title={t('watch.who_needs')} extra={mayRequire && kinds.data.rows.length > 0 && <Button type="text" icon={<Plus size={15} />} onClick={() => setAsked('need')}>{t(`verb.${NEED}.create`)}</Button>}>
        <Needs rows={needs.data.rows} />
      </Section>
      {asked === 'kind' && <FormDialog kind={KIND} title={t(`verb.${KIND}.create`)} fields={KIND_FIELDS} initial={{ blocks_use: true }} onClose={() => setAsked(null)} onSubmit={async (values) => { await run([{ path: `${KINDS}/create`, args: values }]) }} />}
      {asked === 'need' && <FormDialog kind={NEED} title={t(`verb.${NEED}.create`)} fields={NEED_FIELDS} onClose={() => setAsked(null)} onSubmit={async (values) => { await run([{ path: `${NEEDS}/create`, args: values }]) }} />}
    </div>
  )
}
