// The phone of whoever does the work: every step as it will be asked, and it can be tried, so that conditions are seen to work.
import { asked, judge } from '@trunnion/kit/checks'
import { thumbnailUrl } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { Camera, Check as Tick, PenLine, ScanLine } from 'lucide-react'
import { useState } from 'react'
import { isMeasured, type Step } from './data'

interface Tried {
  result: string
  value: string
}

const NONE: Tried = { result: '', value: '' }
const RESULTS = ['pass', 'flag', 'fail', 'skipped']

interface AnswerProps {
  step: Step
  tried: Tried
  onTry: (tried: Tried) => void
}

function Buttons({ step, values, tried, label, onTry }: AnswerProps & { values: string[]; label: (value: string) => string }) {
  const isChoice = step.asks === 'choice'
  return (
    <div className="phone-answers" role="radiogroup" aria-label={step.title}>
      {values.map((value) => <button key={value} type="button" role="radio" aria-checked={(isChoice ? tried.value : tried.result) === value} data-result={isChoice ? 'pass' : value} onClick={() => onTry(isChoice ? { result: 'pass', value } : { result: value, value: '' })}>{label(value)}</button>)}
    </div>
  )
}

const ICONS = { tick: Tick, photo: Camera, signature: PenLine }

function Answer({ step, tried, onTry }: AnswerProps) {
  const { t } = useWords()
  const asks = (kind: string): string => t(`choice.work.task.asks.${kind}`)
  if (step.asks === 'read') return null
  if (step.asks === 'check') return <Buttons step={step} tried={tried} onTry={onTry} values={RESULTS} label={(value) => t(`choice.work.task.result.${value}`)} />
  if (step.asks === 'choice') return <Buttons step={step} tried={tried} onTry={onTry} values={step.choices} label={(value) => value} />
  if (step.asks === 'tick' || step.asks === 'photo' || step.asks === 'signature') {
    const Icon = ICONS[step.asks]
    return <button type="button" className="phone-button" aria-pressed={tried.result === 'pass'} onClick={() => onTry(tried.result ? NONE : { result: 'pass', value: '' })}><Icon size={16} aria-hidden /> {asks(step.asks)}</button>
  }
  const limits = step.low !== null || step.high !== null ? t('order.task_limits', { low: step.low ?? '–', high: step.high ?? '–', unit: step.unit }) : step.meter
  return (
    <>
      <span className="phone-line">
        <input aria-label={step.title} data-result={tried.result} type={step.asks === 'date' ? 'date' : 'text'} inputMode={isMeasured(step) ? 'decimal' : undefined} value={tried.value} onChange={(event) => onTry({ value: event.target.value, result: judge(step, event.target.value) ?? '' })} />
        {step.unit && <span>{step.unit}</span>}
        {step.asks === 'barcode' && <ScanLine size={18} aria-hidden />}
      </span>
      {limits && <span className="phone-limits" data-result={tried.result}>{limits}</span>}
    </>
  )
}

/** Repeats stand one below the other, as on the phone. */
function linesOf(steps: readonly Step[]) {
  return steps.flatMap((step) => Array.from({ length: step.repeats }, (_, n) => ({ step, nth: n + 1, id: `${step.key}/${n}`, step_key: step.key, when: step.when })))
}

export function Preview({ steps, name }: { steps: readonly Step[]; name: string }) {
  const { t } = useWords()
  const [tries, setTries] = useState<Record<string, Tried>>({})
  const shown = asked(linesOf(steps).map((line) => ({ ...line, ...(tries[line.id] ?? NONE) })))
  return (
    <section className="phone" aria-label={t('procedure.preview')}>
      <header className="phone-head"><strong>{name}</strong><button type="button" className="link-button" onClick={() => setTries({})}>{t('procedure.try_again')}</button></header>
      <ol className="phone-steps">
        {shown.map(({ step, nth, id }, index) => (
          <li key={id} className="phone-step">
            {step.section && step.section !== shown[index - 1]?.step.section && <h3>{step.section}</h3>}
            <p className="phone-title">{step.title || t('procedure.untitled')}{step.repeats > 1 && ` (${nth}/${step.repeats})`}{step.requirement !== 'optional' && <span className="phone-must" title={t(`choice.knowledge.step.requirement.${step.requirement}`)}> *</span>}</p>
            {step.instruction && <p className="phone-how prose">{step.instruction}</p>}
            {step.file_id && <img src={thumbnailUrl(step.file_id)} alt="" />}
            <Answer step={step} tried={tries[id] ?? NONE} onTry={(tried) => setTries((now) => ({ ...now, [id]: tried }))} />
          </li>
        ))}
      </ol>
      {shown.length === 0 && <p className="phone-none">{t('procedure.no_steps')}</p>}
    </section>
  )
}
