// A new version of the criticality matrix, begun from an older one; the grid follows what is typed.
import { DraftDialog, NumberField, useSending } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useWrites } from '../administration/writes'
import { ASSET } from '../assets/data'
import type { Matrix, Named } from '../assets/matrix'
import { keyFrom } from './data'
import { MatrixGrid } from './matrix-grid'
import { bothNames, firstMatrix, type MatrixDraft, type MatrixVersion } from './standard-data'

const KIND = 'assets.criticality_matrix'
const MARKS = ['assets/assessment_standards']
const LEVELS = ['a', 'b', 'c']
const MOST_AXES = 12

type Axis = Matrix['axes'][number]
type Level = Axis['levels'][number]

export function NamePair({ one, place, onChange }: { one: Named; place: string; onChange: (facts: Partial<Named>) => void }) {
  const { t } = useWords()
  return (
    <>
      <Input aria-label={`${place} ${t('settings.zh')}`} placeholder={t('settings.zh')} maxLength={200} value={one.name_zh} onChange={(event) => onChange({ name_zh: event.target.value })} />
      <Input aria-label={`${place} ${t('settings.en')}`} placeholder={t('settings.en')} maxLength={200} value={one.name_en} onChange={(event) => onChange({ name_en: event.target.value })} />
    </>
  )
}

function AxisForm({ axis, at, onChange, onDrop }: { axis: Axis; at: number; onChange: (axis: Axis) => void; onDrop?: () => void }) {
  const { t } = useWords()
  const place = t('standards.axis', { number: at + 1 })
  const put = (index: number, facts: Partial<Level>): void => onChange({ ...axis, levels: axis.levels.with(index, { ...axis.levels[index]!, ...facts }) })
  const next = Math.max(0, ...axis.levels.map((level) => level.score)) + 1
  return (
    <fieldset className="axis-form">
      <legend>{place}</legend>
      <div className="choice-line"><NamePair one={axis} place={place} onChange={(facts) => onChange({ ...axis, ...facts })} />{onDrop && <button type="button" className="icon-button" aria-label={t('standards.drop', { what: place })} onClick={onDrop}><X size={14} /></button>}</div>
      {axis.levels.map((level, index) => {
        const line = t('standards.level', { axis: at + 1, number: index + 1 })
        return (
          <div key={level.key} className="choice-line">
            <div className="score-field"><NumberField label={`${line} ${t('standards.score')}`} value={level.score} onChange={(score) => put(index, { score: score ?? 0 })} /></div>
            <NamePair one={level} place={line} onChange={(facts) => put(index, facts)} />
            <button type="button" className="icon-button" disabled={axis.levels.length < 2} aria-label={t('standards.drop', { what: line })} onClick={() => onChange({ ...axis, levels: axis.levels.toSpliced(index, 1) })}><X size={14} /></button>
          </div>
        )
      })}
      <Button type="dashed" size="small" icon={<Plus size={13} />} onClick={() => onChange({ ...axis, levels: [...axis.levels, { key: keyFrom('', axis.levels.map((one) => one.key), `level_${next}`), name_en: '', name_zh: '', score: next }] })}>{t('standards.add_level')}</Button>
    </fieldset>
  )
}

export default function MatrixForm({ from, onClose }: { from?: MatrixVersion; onClose: () => void }) {
  const { t } = useWords()
  const { create } = useWrites(KIND, MARKS)
  const sending = useSending<MatrixDraft>({
    initial: () => (from ? { name: from.name, axes: from.axes, combine: from.combine, bands: from.bands } : firstMatrix(t('kind.assets.criticality_matrix'))),
    send: (draft, keyOf) => create({ ...draft, name: draft.name.trim(), axes: draft.axes.map((axis) => ({ ...bothNames(axis), levels: axis.levels.map(bothNames) })) }, 'withdraw', keyOf),
    onClose,
  })
  const { draft, set, form } = sending
  const isNamed = (one: Named): boolean => one.name_en.trim() !== '' || one.name_zh.trim() !== ''
  const isReady = draft.name.trim() !== '' && draft.axes.every((axis) => isNamed(axis) && axis.levels.every((level) => isNamed(level) && !Number.isNaN(level.score)))
  const bandOf = (level: string): string | undefined => draft.bands.find((one) => one.level === level)?.at_least
  const putBand = (level: string, value: number | undefined): void => set({ bands: [...draft.bands.filter((one) => one.level !== level), ...(value === undefined ? [] : [{ level, at_least: String(value) }])] })
  return (
    <DraftDialog title={t('standards.new_matrix')} label={t('standards.put_into_force')} kind={KIND} sending={sending} isReady={isReady}>
      <p className="dialog-intro">{t('standards.versions_intro')}</p>
      <label htmlFor={`${form}-name`}>{t(`field.${KIND}.name`)}</label>
      <Input id={`${form}-name`} maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
      {draft.axes.map((axis, at) => <AxisForm key={axis.key} axis={axis} at={at} onChange={(next) => set({ axes: draft.axes.with(at, next) })} onDrop={draft.axes.length > 1 ? () => set({ axes: draft.axes.toSpliced(at, 1) }) : undefined} />)}
      {draft.axes.length < MOST_AXES && <Button type="dashed" icon={<Plus size={14} />} onClick={() => set({ axes: [...draft.axes, { key: keyFrom('', draft.axes.map((one) => one.key), `axis_${draft.axes.length + 1}`), name_en: '', name_zh: '', levels: [{ key: 'level_1', name_en: '', name_zh: '', score: 1 }] }] })}>{t('standards.add_axis')}</Button>}
      <span className="label-like">{t(`field.${KIND}.combine`)}</span>
      <Select aria-label={t(`field.${KIND}.combine`)} value={draft.combine} options={(['max', 'sum', 'product'] as const).map((value) => ({ value, label: t(`choice.${KIND}.combine.${value}`) }))} onChange={(combine: Matrix['combine']) => set({ combine })} />
      <span className="label-like">{t(`field.${KIND}.bands`)}</span>
      <div className="setting-pair">
        {LEVELS.map((level) => (
          <div key={level} className="band-line"><span className="band" data-level={level}>{level.toUpperCase()}</span><NumberField label={t('standards.from_of', { level: t(`choice.${ASSET}.criticality.${level}`) })} value={bandOf(level) === undefined ? undefined : Number(bandOf(level))} onChange={(value) => putBand(level, value)} /></div>
        ))}
      </div>
      <MatrixGrid matrix={draft} />
    </DraftDialog>
  )
}
