// One step as it is written: what it asks, what is right, whether it must be answered, when it is asked at all.
import { NumberField } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Input, Select } from 'antd'
import { useId, type ReactNode } from 'react'
import type { LinkedFile } from '../records/stuck'
import { Conditions } from './conditions'
import { ASKS, hasChoices, isMeasured, REQUIREMENTS, turned, type Step } from './data'

interface StepFormProps {
  step: Step
  earlier: readonly Step[]
  sections: string[]
  files: LinkedFile[]
  onChange: (step: Step) => void
}

function Field({ label, help, isWide, children }: { label: string; help?: string; isWide?: boolean; children: ReactNode }) {
  return <div className="step-field" data-wide={isWide || undefined}><span className="label-like">{label}</span>{children}{help && <p className="foot-note">{help}</p>}</div>
}

const figure = (value: string | null): number | undefined => (value === null ? undefined : Number(value))
const text = (value: number | undefined): string | null => (value === undefined || Number.isNaN(value) ? null : String(value))

function OfKind({ step, onChange }: Pick<StepFormProps, 'step' | 'onChange'>) {
  const { t } = useWords()
  const label = (key: string): string => t(`field.knowledge.step.${key}`)
  return (
    <>
      {step.asks === 'meter' && <Field label={label('meter')} help={t('procedure.meter_help')}><Input aria-label={label('meter')} maxLength={200} value={step.meter} onChange={(event) => onChange({ ...step, meter: event.target.value })} /></Field>}
      {isMeasured(step) && (
        <>
          <Field label={label('unit')}><Input aria-label={label('unit')} maxLength={20} value={step.unit} placeholder="°C" onChange={(event) => onChange({ ...step, unit: event.target.value })} /></Field>
          <Field label={label('low')}><NumberField label={label('low')} value={figure(step.low)} onChange={(value) => onChange({ ...step, low: text(value) })} /></Field>
          <Field label={label('high')}><NumberField label={label('high')} value={figure(step.high)} onChange={(value) => onChange({ ...step, high: text(value) })} /></Field>
        </>
      )}
      {hasChoices(step) && <Field isWide label={label('choices')} help={t(step.asks === 'choice' ? 'procedure.choices_help' : 'procedure.codes_help')}><Select aria-label={label('choices')} className="wide" mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ';', '；']} value={step.choices} onChange={(choices: string[]) => onChange({ ...step, choices })} /></Field>}
    </>
  )
}

export function StepForm({ step, earlier, sections, files, onChange }: StepFormProps) {
  const { t } = useWords()
  const list = useId()
  const label = (key: string): string => t(`field.knowledge.step.${key}`)
  const set = (facts: Partial<Step>): void => onChange({ ...step, ...facts })
  const isAnswered = step.asks !== 'read'
  return (
    <div className="step-form">
      <Field isWide label={label('title')}><Input aria-label={label('title')} maxLength={200} value={step.title} autoFocus={!step.title} onChange={(event) => set({ title: event.target.value })} /></Field>
      <Field label={label('asks')}><Select aria-label={label('asks')} className="wide" listHeight={400} value={step.asks} options={ASKS.map((value) => ({ value, label: t(`choice.work.task.asks.${value}`) }))} onChange={(asks: string) => onChange(turned(step, asks))} /></Field>
      <Field label={label('section')}><Input aria-label={label('section')} maxLength={200} list={list} value={step.section} onChange={(event) => set({ section: event.target.value })} /><datalist id={list}>{sections.map((one) => <option key={one} value={one}>{one}</option>)}</datalist></Field>
      <OfKind step={step} onChange={onChange} />
      <Field isWide label={label('instruction')}><Input.TextArea aria-label={label('instruction')} autoSize={{ minRows: 2, maxRows: 8 }} value={step.instruction} onChange={(event) => set({ instruction: event.target.value })} /></Field>
      {files.length > 0 && <Field label={label('file_id')}><Select aria-label={label('file_id')} className="wide" allowClear value={step.file_id ?? undefined} options={files.map((file) => ({ value: file.file_id, label: file.name }))} onChange={(file_id?: string) => set({ file_id: file_id ?? null })} /></Field>}
      {isAnswered && <Field label={label('requirement')}><Select aria-label={label('requirement')} className="wide" value={step.requirement} options={REQUIREMENTS.map((value) => ({ value, label: t(`choice.knowledge.step.requirement.${value}`) }))} onChange={(requirement: string) => set({ requirement })} /></Field>}
      {isAnswered && step.asks !== 'meter' && <Field label={label('repeats')}><NumberField label={label('repeats')} value={step.repeats} onChange={(value) => set({ repeats: Math.min(20, Math.max(1, Math.round(value ?? 1))) })} /></Field>}
      <Field isWide label={label('when')}><Conditions step={step} earlier={earlier} onChange={(when) => set({ when })} /></Field>
    </div>
  )
}
