// The acceptance form: points that are checked one by one, what did not pass, and the verdict that follows from them.
import { FileDrop, SignaturePad, useUploads } from '@trunnion/kit/plain'
import { problemWords } from '@trunnion/kit/api'
import { Dialog, useApi, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox, Input, Radio } from 'antd'
import { Plus, X } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { ASSET, type Asset, type DefectCard } from './data'
import { pointsOf, verdictOf, type Checked } from './verdict'

/** What is looked at wherever nobody says otherwise; each line can be changed, left out or added to. */
const USUAL = ['complete', 'undamaged', 'nameplate', 'documents', 'runs', 'safety']

interface PointProps {
  point: Checked
  onChange: (point: Checked) => void
  onDrop: () => void
}

function PointRow({ point, onChange, onDrop }: PointProps) {
  const { t } = useWords()
  return (
    <li className="point" data-failed={point.is_passed === false || undefined}>
      <Input.TextArea className="growing point-text" rows={1} value={point.text} aria-label={t('kind.assets.acceptance_point')} placeholder={t('life.point_text')} onChange={(event) => onChange({ ...point, text: event.target.value })} />
      <Radio.Group
        optionType="button"
        aria-label={t('life.verdict_of', { point: point.text })}
        value={point.is_passed}
        options={[{ value: true, label: t('life.passed_point') }, { value: false, label: t('life.failed_point') }]}
        onChange={(event) => onChange({ ...point, is_passed: event.target.value as boolean })}
      />
      <button type="button" className="icon-button point-drop" aria-label={t('life.drop_point', { point: point.text })} onClick={onDrop}><X size={15} /></button>
      {point.is_passed === false && <Input className="point-remark" value={point.remark} aria-label={t('life.what_is_wrong', { point: point.text })} placeholder={t('life.what_is_wrong_hint')} onChange={(event) => onChange({ ...point, remark: event.target.value })} />}
    </li>
  )
}

function usePaper() {
  const api = useApi()
  const [fileId, setFileId] = useState<string>()
  const uploads = useUploads((file, name, progress) => api.upload('attach/files', file, name, progress), (ids) => setFileId(ids.at(-1)))
  return { fileId, uploads }
}

interface AcceptanceProps {
  asset: Asset
  /** What earlier forms found wrong and is open still: it is looked at again. */
  defects: DefectCard[]
  may: { accept: boolean; fail: boolean }
  onClose: () => void
}

export default function AcceptanceForm({ asset, defects, may, onClose }: AcceptanceProps) {
  const { t, words } = useWords()
  const form = useId()
  const run = useVerb({ kind: ASSET, id: asset.id, version: asset.version })
  const { fileId, uploads } = usePaper()
  const [points, setPoints] = useState<Checked[]>(() => pointsOf(defects.map((one) => one.text), USUAL.map((key) => t(`life.usual.${key}`))))
  const [reference, setReference] = useState('')
  const [remark, setRemark] = useState('')
  const [hasReservations, setReservations] = useState(false)
  const [until, setUntil] = useState('')
  const [signer, setSigner] = useState('')
  const [signature, setSignature] = useState<string | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const { open, failed, lines } = verdictOf(points)

  async function send(verb: 'accept' | 'fail_acceptance'): Promise<void> {
    setBusy(true)
    setProblem(null)
    const facts = {
      points: lines, ...(reference && { reference }), ...(remark && { remark }), ...(fileId && { paper_file_id: fileId }), ...(until && failed.length > 0 && { remedy_until_on: until }),
      ...(signature && { signature_png_base64: signature, ...(signer.trim() && { signer_name: signer.trim() }) }),
    }
    try {
      await run(verb, verb === 'accept' ? { ...facts, with_reservations: failed.length > 0 && hasReservations } : facts)
      onClose()
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  const mayAccept = may.accept && open === 0 && (failed.length === 0 || hasReservations)
  const hasFailed = failed.length > 0 && !hasReservations
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (mayAccept) void send('accept')
    else if (hasFailed && may.fail && open === 0) void send('fail_acceptance')
  }
  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      {hasFailed
        ? may.fail && <Button type="primary" danger htmlType="submit" form={form} loading={isBusy} disabled={open > 0}>{t(`verb.${ASSET}.fail_acceptance`)}</Button>
        : may.accept && <Button type="primary" htmlType="submit" form={form} loading={isBusy} disabled={!mayAccept}>{t(`verb.${ASSET}.accept`)}</Button>}
    </>
  )
  return (
    <Dialog title={t('life.acceptance_of', { name: asset.name })} onClose={onClose} foot={foot}>
      <form id={form} className="stacked acceptance" onSubmit={submit}>
        {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, ASSET)}</div>}
        <ul className="points">
          {points.map((point, index) => (
            <PointRow key={point.key} point={point} onChange={(next) => setPoints(points.with(index, next))} onDrop={() => setPoints(points.toSpliced(index, 1))} />
          ))}
        </ul>
        <div className="point-acts">
          <Button type="dashed" icon={<Plus size={14} />} onClick={() => setPoints([...points, { key: crypto.randomUUID(), text: '', is_passed: undefined, remark: '' }])}>{t('life.add_point')}</Button>
          {open > 0 && <Button type="text" onClick={() => setPoints(points.map((one) => (one.is_passed === undefined ? { ...one, is_passed: true } : one)))}>{t('life.rest_passed')}</Button>}
        </div>
        <p className="muted" role="status">{open > 0 ? t('life.still_open', { count: open }) : t('life.points', { passed: lines.length - failed.length, all: lines.length })}</p>
        {failed.length > 0 && <Checkbox checked={hasReservations} onChange={(event) => setReservations(event.target.checked)}>{t(`field.${ASSET}.with_reservations`)}</Checkbox>}
        {failed.length > 0 && (
          <>
            <label htmlFor={`${form}-until`}>{t(`field.${ASSET}.remedy_until_on`)} <span className="form-optional">{t('kit.optional')}</span></label>
            <Input id={`${form}-until`} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </>
        )}
        <label htmlFor={`${form}-reference`}>{t(`field.${ASSET}.reference`)} <span className="form-optional">{t('kit.optional')}</span></label>
        <Input id={`${form}-reference`} value={reference} onChange={(event) => setReference(event.target.value)} />
        <label htmlFor={`${form}-remark`}>{t(`field.${ASSET}.remark`)} <span className="form-optional">{t('kit.optional')}</span></label>
        <Input.TextArea id={`${form}-remark`} rows={2} value={remark} onChange={(event) => setRemark(event.target.value)} />
        <span className="label-like">{t(`field.${ASSET}.signature_png_base64`)} <span className="form-optional">{t('kit.optional')}</span></span>
        <SignaturePad label={t(`field.${ASSET}.signature_png_base64`)} onChange={setSignature} />
        {signature && (
          <>
            <label htmlFor={`${form}-signer`}>{t(`field.${ASSET}.signer_name`)} <span className="form-optional">{t('life.signer_help')}</span></label>
            <Input id={`${form}-signer`} value={signer} onChange={(event) => setSigner(event.target.value)} />
          </>
        )}
        <FileDrop uploads={uploads} label={t(`field.${ASSET}.paper_file_id`)} />
      </form>
    </Dialog>
  )
}
