// What acceptance found wrong with an asset: open until it is put right, or accepted as it is.
import { Link } from '@tanstack/react-router'
import { fileUrl } from '@trunnion/kit/api'
import { Section, StateTag, VerbBar, type FieldSpec, type VerbSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useMe } from '../session'
import type { DefectCard } from './data'
import { Deadline } from './deadline'

const DEFECT = 'assets.defect'
const remark = (isRequired: boolean): FieldSpec => ({ key: 'remark', type: 'longtext', words_key: `field.${DEFECT}.remark`, isRequired, autoFocus: true })
const SPECS: Record<string, VerbSpec> = {
  remedy: { fields: [remark(false), { key: 'file_id', type: 'files', isSingle: true, words_key: `field.${DEFECT}.file_id` }] },
  waive: { fields: [remark(true)] },
  reopen: { fields: [remark(true)] },
}

const legal = (state: string): string[] => (state === 'open' ? ['remedy', 'waive'] : ['reopen'])

export function DefectsSection({ defects }: { defects: DefectCard[] }) {
  const { t, formats } = useWords()
  const grants = useMe()?.grants ?? []
  if (!defects.length) return null
  return (
    <Section title={<>{t('life.defects')}<span className="section-count">{defects.filter((one) => one.state === 'open').length}</span></>}>
      <ul className="certificates">
        {defects.map((one) => (
          <li key={one.id} className="certificate" data-over={one.state !== 'open' || undefined}>
            <span className="row-title">{one.text}</span>
            <span className="row-side">
              {one.state === 'open' && one.due_on ? <Deadline on={one.due_on} /> : <StateTag kind={DEFECT} state={one.state} />}
              <VerbBar target={{ kind: DEFECT, id: one.id, version: one.version }} actions={legal(one.state).filter((verb) => grants.includes(`${DEFECT}.${verb}`))} specs={SPECS} />
            </span>
            <span className="row-sub-wrap">
              {one.remark && <>{one.remark} · </>}<Link to="/papers/$id" params={{ id: one.document_id }}>{one.document_number}</Link>
              {one.ended_at && ` · ${[formats.date(one.ended_at), one.ended_by_name, one.ended_remark].filter(Boolean).join(' · ')}`}
              {one.file_id && <> · <a href={fileUrl(one.file_id)} target="_blank" rel="noreferrer">{t('life.file')}</a></>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
