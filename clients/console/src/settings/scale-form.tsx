// A new version of the condition classes: each class in one's own words, and the common class that it counts as.
import { DraftDialog, useSending } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useWrites } from '../administration/writes'
import { ASSET } from '../assets/data'
import { NamePair } from './matrix-form'
import { bothNames, CONDITIONS, firstScale, type ScaleDraft, type ScaleVersion } from './standard-data'

const KIND = 'assets.condition_scale'
const MOST = 12

export default function ScaleForm({ from, onClose }: { from?: ScaleVersion; onClose: () => void }) {
  const { t } = useWords()
  const { create } = useWrites(KIND, ['assets/assessment_standards'])
  const sending = useSending<ScaleDraft>({
    initial: () => (from ? { name: from.name, levels: from.levels } : firstScale(t('kind.assets.condition_scale'))),
    send: (draft, keyOf) => create({ name: draft.name.trim(), levels: draft.levels.map((one) => ({ ...bothNames(one), key: one.key.trim() })) }, 'withdraw', keyOf),
    onClose,
  })
  const { draft, set, form } = sending
  type Level = ScaleDraft['levels'][number]
  const put = (at: number, facts: Partial<Level>): void => set({ levels: draft.levels.with(at, { ...draft.levels[at]!, ...facts }) })
  const isReady = draft.name.trim() !== '' && draft.levels.length > 1 && draft.levels.every((one) => one.key.trim() && (one.name_en.trim() || one.name_zh.trim()))
  return (
    <DraftDialog title={t('standards.new_scale')} label={t('standards.put_into_force')} kind={KIND} sending={sending} isReady={isReady}>
      <p className="dialog-intro">{t('standards.versions_intro')}</p>
      <label htmlFor={`${form}-name`}>{t(`field.${KIND}.name`)}</label>
      <Input id={`${form}-name`} maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
      {draft.levels.map((level, at) => {
        const line = t('standards.class', { number: at + 1 })
        return (
          <fieldset key={at} className="axis-form">
            <legend>{line}</legend>
            <div className="choice-line">
              <Input className="score-field" aria-label={`${line} ${t('standards.sign')}`} placeholder={t('standards.sign')} maxLength={20} value={level.key} onChange={(event) => put(at, { key: event.target.value })} />
              <NamePair one={level} place={line} onChange={(facts) => put(at, facts)} />
              <button type="button" className="icon-button" disabled={draft.levels.length < 3} aria-label={t('standards.drop', { what: line })} onClick={() => set({ levels: draft.levels.toSpliced(at, 1) })}><X size={14} /></button>
            </div>
            <Select aria-label={`${line} ${t('standards.common')}`} className="wide" value={level.condition} options={CONDITIONS.map((value) => ({ value, label: t('standards.counts_as', { condition: t(`choice.${ASSET}.condition.${value}`) }) }))} onChange={(condition: string) => put(at, { condition })} />
          </fieldset>
        )
      })}
      {draft.levels.length < MOST && <Button type="dashed" icon={<Plus size={14} />} onClick={() => set({ levels: [...draft.levels, { key: String(draft.levels.length + 1), name_en: '', name_zh: '', condition: 'fair' }] })}>{t('standards.add_class')}</Button>}
    </DraftDialog>
  )
}
