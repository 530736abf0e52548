// On which earlier answers a step depends: only what those steps can answer is offered.
import { NumberField } from '@trunnion/kit/ui'
import type { Condition } from '@trunnion/kit/checks'
import { useWords } from '@trunnion/kit/words'
import { Button, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { isMeasured, type Step } from './data'

const MOST = 5

/** What a step can come to. */
function resultsOf(step: Step | undefined): string[] {
  if (!step) return []
  const failing = step.asks === 'check' || step.asks === 'barcode' || (isMeasured(step) && (step.low !== null || step.high !== null))
  return ['pass', ...(step.asks === 'tick' ? [] : ['flag']), ...(failing ? ['fail'] : []), ...(step.requirement === 'must' ? [] : ['skipped'])]
}

interface LineProps {
  condition: Condition
  earlier: readonly Step[]
  onChange: (condition: Condition) => void
  onDrop: () => void
}

const figure = (value: string | null | undefined): number | undefined => (value == null ? undefined : Number(value))
const text = (value: number | undefined): string | null => (value === undefined || Number.isNaN(value) ? null : String(value))

function Line({ condition, earlier, onChange, onDrop }: LineProps) {
  const { t } = useWords()
  const step = earlier.find((one) => one.key === condition.step)
  const word = (key: string): string => t(`procedure.condition.${key}`)
  return (
    <div className="condition-line">
      <Select aria-label={word('step')} className="condition-step" value={condition.step || undefined} placeholder={word('step')} options={earlier.filter((one) => one.asks !== 'read').map((one) => ({ value: one.key, label: one.title || one.key }))} onChange={(key: string) => onChange({ step: key, results: [], values: [], above: null, below: null })} />
      {step?.asks === 'choice'
        ? <Select aria-label={word('values')} className="condition-what" mode="multiple" placeholder={word('values')} value={condition.values} options={step.choices.map((value) => ({ value, label: value }))} onChange={(values: string[]) => onChange({ ...condition, values })} />
        : <Select aria-label={word('results')} className="condition-what" mode="multiple" placeholder={word('results')} value={condition.results} options={resultsOf(step).map((value) => ({ value, label: t(`choice.work.task.result.${value}`) }))} onChange={(results: string[]) => onChange({ ...condition, results })} />}
      {step && isMeasured(step) && (
        <span className="condition-limits">
          <span>{word('above')}</span><NumberField label={word('above')} value={figure(condition.above)} onChange={(value) => onChange({ ...condition, above: text(value) })} />
          <span>{word('below')}</span><NumberField label={word('below')} value={figure(condition.below)} onChange={(value) => onChange({ ...condition, below: text(value) })} />
        </span>
      )}
      <button type="button" className="icon-button" aria-label={word('drop')} onClick={onDrop}><X size={14} /></button>
    </div>
  )
}

export function Conditions({ step, earlier, onChange }: { step: Step; earlier: readonly Step[]; onChange: (when: Condition[]) => void }) {
  const { t } = useWords()
  const answered = earlier.filter((one) => one.asks !== 'read')
  if (!answered.length) return <p className="foot-note">{t('procedure.condition.none')}</p>
  const put = (at: number, condition: Condition): void => onChange(step.when.map((one, index) => (index === at ? condition : one)))
  return (
    <div className="condition-lines">
      {step.when.map((condition, at) => <Line key={at} condition={condition} earlier={earlier} onChange={(next) => put(at, next)} onDrop={() => onChange(step.when.filter((_, index) => index !== at))} />)}
      {step.when.length < MOST && <Button type="text" size="small" icon={<Plus size={14} />} onClick={() => onChange([...step.when, { step: answered.at(-1)!.key, results: [], values: [], above: null, below: null }])}>{t('procedure.condition.add')}</Button>}
    </div>
  )
}
