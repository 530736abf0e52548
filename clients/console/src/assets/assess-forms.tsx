// Assessing an asset: its criticality by the matrix in force, its condition by the scale in force.
import { FileDrop, Loading, useUploads } from '@trunnion/kit/plain'
import { DraftDialog, useApi, useSending, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Input, Radio } from 'antd'
import { useState, type ReactNode } from 'react'
import { ASSET, type Asset } from './data'
import { levelOf } from './matrix'
import { nameIn, useStandards } from './standards'

interface FormProps {
  asset: Asset
  onClose: () => void
}

/** The frame of both forms: a day, a remark, and what is asked in between. */
function AssessDialog({ asset, verb, isReady, args, onClose, children }: FormProps & { verb: 'assess' | 'assess_condition'; isReady: boolean; args: object; children: ReactNode }) {
  const { t, formats } = useWords()
  const run = useVerb({ kind: ASSET, id: asset.id, version: asset.version })
  const sending = useSending({
    initial: () => ({ day: formats.today(), remark: '' }),
    send: ({ day, remark }) => run(verb, { ...args, assessed_on: day, ...(remark && { remark }) }),
    onClose,
  })
  const { draft, set, form } = sending
  return (
    <DraftDialog title={t(`verb.${ASSET}.${verb}`)} label={t(`verb.${ASSET}.${verb}`)} kind={ASSET} sending={sending} isReady={isReady && draft.day !== ''}>
      {children}
      <label htmlFor={`${form}-day`}>{t(`field.${ASSET}.assessed_on`)}</label>
      <Input id={`${form}-day`} type="date" value={draft.day} max={formats.today()} onChange={(event) => set({ day: event.target.value })} />
      <label htmlFor={`${form}-remark`}>{t(`field.${ASSET}.remark`)} <span className="form-optional">{t('kit.optional')}</span></label>
      <Input.TextArea id={`${form}-remark`} rows={2} value={draft.remark} onChange={(event) => set({ remark: event.target.value })} />
    </DraftDialog>
  )
}

function Choice({ label, value, options, onChange }: { label: string; value: string | number | undefined; options: { value: string | number; label: string }[]; onChange: (value: never) => void }) {
  return (
    <fieldset className="axis">
      <legend>{label}</legend>
      <Radio.Group aria-label={label} value={value} options={options} onChange={(event) => onChange(event.target.value as never)} />
    </fieldset>
  )
}

function AssessCriticality({ asset, onClose }: FormProps) {
  const { t, words, formats } = useWords()
  const standards = useStandards()
  const [scores, setScores] = useState<Record<string, number>>({})
  const [stated, setStated] = useState<string>()
  const matrix = standards.data?.matrix ?? null
  const found = matrix && levelOf(matrix, scores)
  return (
    <AssessDialog asset={asset} verb="assess" isReady={matrix ? found !== null : stated !== undefined} args={matrix ? { scores } : { level: stated }} onClose={onClose}>
      {standards.isPending ? <Loading lines={4} /> : matrix ? (
        <>
          <p className="dialog-intro">{t('life.by_matrix', { name: matrix.name, number: matrix.number })}</p>
          {matrix.axes.map((axis) => (
            <Choice key={axis.key} label={nameIn(axis, words)} value={scores[axis.key]} options={axis.levels.map((level) => ({ value: level.score, label: `${level.score} ${nameIn(level, words)}` }))} onChange={(score) => setScores({ ...scores, [axis.key]: score })} />
          ))}
          <p className="assessed" role="status">{found ? t('life.comes_to', { result: formats.number(found.result), level: t(`choice.${ASSET}.criticality.${found.level}`) }) : t('life.score_all')}</p>
        </>
      ) : (
        <>
          <p className="dialog-intro">{t('life.no_matrix')}</p>
          <Choice label={t(`field.${ASSET}.criticality`)} value={stated} options={['a', 'b', 'c'].map((value) => ({ value, label: t(`choice.${ASSET}.criticality.${value}`) }))} onChange={setStated} />
        </>
      )}
    </AssessDialog>
  )
}

const CONDITIONS = ['very_good', 'good', 'fair', 'poor', 'very_poor']

function AssessCondition({ asset, onClose }: FormProps) {
  const { t, words } = useWords()
  const api = useApi()
  const standards = useStandards()
  const [level, setLevel] = useState<string>()
  const [fileId, setFileId] = useState<string>()
  const uploads = useUploads((file, name, progress) => api.upload('attach/files', file, name, progress), (ids) => setFileId(ids.at(-1)))
  const scale = standards.data?.scale ?? null
  const options = scale ? scale.levels.map((one) => ({ value: one.key, label: nameIn(one, words) })) : CONDITIONS.map((value) => ({ value, label: t(`choice.${ASSET}.condition.${value}`) }))
  return (
    <AssessDialog asset={asset} verb="assess_condition" isReady={level !== undefined} args={{ ...(scale ? { level } : { condition: level }), ...(fileId && { file_id: fileId }) }} onClose={onClose}>
      {standards.isPending ? <Loading lines={3} /> : (
        <>
          {scale && <p className="dialog-intro">{t('life.by_scale', { name: scale.name, number: scale.number })}</p>}
          <Choice label={t(`field.${ASSET}.condition`)} value={level} options={options} onChange={setLevel} />
          <FileDrop uploads={uploads} label={t(`field.${ASSET}.file_id`)} />
        </>
      )}
    </AssessDialog>
  )
}

export default function AssessForm({ what, ...props }: FormProps & { what: 'assess' | 'assess_condition' }) {
  return what === 'assess' ? <AssessCriticality {...props} /> : <AssessCondition {...props} />
}
