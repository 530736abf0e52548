// How a check is answered by its kind: a verdict, a tick, a number judged while it is typed, a choice, a date, a code, a photo, a name.
import { judge, numberOf } from '@trunnion/kit/checks'
import { shrinkPhoto, SignaturePad } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { Camera, Check as Tick, ImageUp, PenLine } from 'lucide-react'
import { useId, useState, type ChangeEvent } from 'react'
import type { Task, TaskResult } from '../work/types'
import type { Said } from '../work/verbs'
import { Sheet } from './context'

const RESULTS: TaskResult[] = ['pass', 'flag', 'fail', 'skipped']

interface AnswerProps {
  task: Task
  mayAnswer: boolean
  onSay: (said: Said) => void
}

function Verdict({ task, mayAnswer, onSay }: AnswerProps) {
  const { t } = useWords()
  return (
    <div className="answers" role="radiogroup" aria-label={task.title}>
      {RESULTS.filter((result) => result !== 'skipped' || task.requirement !== 'must').map((result) => (
        <button key={result} type="button" role="radio" className="answer" data-result={result} aria-checked={task.result === result} disabled={!mayAnswer} onClick={() => onSay({ result })}>
          {t(`choice.work.task.result.${result}`)}
        </button>
      ))}
    </div>
  )
}

function Done({ task, mayAnswer, onSay }: AnswerProps) {
  const { t } = useWords()
  return <button type="button" className="answer" role="checkbox" aria-checked={task.result === 'pass'} aria-label={task.title} disabled={!mayAnswer} onClick={() => onSay({ result: 'pass' })}><Tick size={18} aria-hidden /> {t('choice.work.task.asks.tick')}</button>
}

/** The limits, in words that need no arithmetic. */
function useLimits(task: Task): string {
  const { t } = useWords()
  const unit = task.unit ? ` ${task.unit}` : ''
  if (task.low != null && task.high != null) return t('job.limits_both', { low: task.low, high: task.high, unit })
  if (task.high != null) return t('job.limit_high', { high: task.high, unit })
  return task.low != null ? t('job.limit_low', { low: task.low, unit }) : ''
}

function Typed({ task, mayAnswer, onSay }: AnswerProps) {
  const { t } = useWords()
  const help = useId()
  const [value, setValue] = useState(task.value ?? '')
  const limits = useLimits(task)
  const result = judge(task, value)
  const isNumber = task.asks === 'number' || task.asks === 'meter'
  const isWrong = value.trim() !== '' && result === null
  const say = (text: string): void => {
    const plain = isNumber ? (numberOf(text) ?? '') : text.trim()
    const judged = judge(task, plain)
    if (judged && (plain !== task.value || !task.result)) onSay({ result: judged, value: plain })
  }
  const told = isWrong ? t('job.number_expected') : result === 'fail' ? t(task.asks === 'barcode' ? 'job.code_differs' : 'job.out_of_limits', { limits }) : limits
  return (
    <>
      <div className="line">
        <input
          aria-label={task.title} aria-describedby={help} aria-invalid={isWrong || result === 'fail'} data-result={result ?? undefined} value={value} disabled={!mayAnswer}
          type={task.asks === 'date' ? 'date' : 'text'} inputMode={isNumber ? 'decimal' : undefined} autoComplete="off" enterKeyHint="done"
          onChange={(event) => setValue(event.currentTarget.value)} onBlur={() => say(value)} onKeyDown={(event) => { if (event.key === 'Enter') say(value) }}
        />
        {task.unit && <span className="soft">{task.unit}</span>}
        {task.asks === 'barcode' && mayAnswer && <FromPhoto onText={(text) => { setValue(text); say(text) }} />}
      </div>
      <p id={help} className={isWrong || result === 'fail' ? 'limits bad' : 'limits'} role={result === 'fail' ? 'alert' : undefined}>{told}</p>
    </>
  )
}

function FromPhoto({ onText }: { onText: (text: string) => void }) {
  const { t } = useWords()
  const input = useId()
  const read = async (file: File | undefined): Promise<void> => {
    const text = file ? await (await import('../work/decoder')).decode(file).catch(() => null) : null
    if (text) onText(text)
  }
  return (
    <>
      <input id={input} className="visually-hidden" type="file" accept="image/*" capture="environment" onChange={(event) => { void read(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
      <label htmlFor={input} className="icon-button round" title={t('job.scan_photo')}><ImageUp size={20} aria-hidden /><span className="visually-hidden">{t('job.scan_photo')}</span></label>
    </>
  )
}

function Choice({ task, mayAnswer, onSay }: AnswerProps) {
  return (
    <div className="chips" role="radiogroup" aria-label={task.title}>
      {(task.choices ?? []).map((one) => <button key={one} type="button" role="radio" className="chip" aria-checked={task.value === one} disabled={!mayAnswer} onClick={() => onSay({ result: 'pass', value: one })}>{one}</button>)}
    </div>
  )
}

function Photo({ task, mayAnswer, onSay }: AnswerProps) {
  const { t } = useWords()
  const input = useId()
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (file) onSay({ result: 'pass', photo: await shrinkPhoto(file) })
  }
  return (
    <>
      <input id={input} className="visually-hidden" type="file" accept="image/*" disabled={!mayAnswer} aria-label={task.title} onChange={(event) => void take(event)} />
      <label htmlFor={input} className="button button-quiet"><Camera size={20} aria-hidden /> {t(task.result === 'pass' ? 'job.photo_again' : 'choice.work.task.asks.photo')}</label>
    </>
  )
}

function Signed({ task, mayAnswer, onSay }: AnswerProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [strokes, setStrokes] = useState<string | null>(null)
  return (
    <>
      <button type="button" className="button button-quiet" disabled={!mayAnswer} onClick={() => setOpen(true)}><PenLine size={20} aria-hidden /> {task.result === 'pass' ? t('job.signed_by', { name: task.value ?? '' }) : t('choice.work.task.asks.signature')}</button>
      {isOpen && (
        <Sheet title={task.title} onClose={() => setOpen(false)}>
          <label htmlFor="check-signer">{t('field.work.order.signer_name')}</label>
          <input id="check-signer" autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <SignaturePad label={t('field.work.order.signature_png_base64')} onChange={setStrokes} />
          <button type="button" className="button" disabled={!name.trim() || !strokes} onClick={() => { onSay({ result: 'pass', value: name.trim(), strokes: strokes ?? '' }); setOpen(false) }}>{t('job.sign')}</button>
        </Sheet>
      )}
    </>
  )
}

const KINDS: Partial<Record<string, typeof Verdict>> = { tick: Done, number: Typed, meter: Typed, text: Typed, date: Typed, barcode: Typed, choice: Choice, photo: Photo, signature: Signed }

/** A phone may hold an order from before checks had kinds. */
export function Answer(props: AnswerProps) {
  const { t } = useWords()
  const Kind = KINDS[props.task.asks ?? 'check']
  if (!Kind) return <Verdict {...props} />
  const isSkipped = props.task.result === 'skipped'
  return (
    <>
      <Kind key={props.task.value} {...props} />
      {props.task.requirement !== 'must' && <button type="button" className="chip chip-small" aria-pressed={isSkipped} disabled={!props.mayAnswer} onClick={() => props.onSay({ result: 'skipped' })}>{t('choice.work.task.result.skipped')}</button>}
    </>
  )
}
