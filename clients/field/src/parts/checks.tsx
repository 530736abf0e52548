// The order's checks: what each asks for, and what is wanted when it is not right: a word, a photo, a follow-up.
import { useWords } from '@trunnion/kit/words'
import { CircleAlert, CornerDownRight } from 'lucide-react'
import { useState } from 'react'
import type { Order, Task, TaskResult } from '../work/types'
import { answerTask, type Said } from '../work/verbs'
import { Answer } from './answers'
import { Fault, useAct } from './context'
import { AskFollowUp, mayFollowUp } from './follow-ups'

const MOST_TITLE = 180

/** Somebody has to see to it: an order for it is two taps away. */
function NotRight({ order, task }: { order: Order; task: Task }) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  const found = [task.value && `${task.value}${task.unit ? ` ${task.unit}` : ''}`, task.note].filter(Boolean).join(' · ')
  const title = [task.title, found].filter(Boolean).join('：').slice(0, MOST_TITLE)
  const isMade = (order.follow_ups ?? []).some((one) => one.title.startsWith(task.title))
  if (!mayFollowUp(order) || isMade) return null
  return (
    <div className="not-right">
      <CircleAlert size={18} aria-hidden />
      <span>{t('job.not_right')}</span>
      <button type="button" className="chip" onClick={() => setAsking(true)}><CornerDownRight size={16} aria-hidden /> {t('verb.work.follow_up.create')}</button>
      {isAsking && <AskFollowUp order={order} title={title} reason={order.number} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Check({ order, task, mayAnswer }: { order: Order; task: Task; mayAnswer: boolean }) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const [note, setNote] = useState(task.note)
  const isOff = task.result === 'flag' || task.result === 'fail'
  const say = (said: Said): void => void act(answerTask(order, task, { note: note.trim(), ...said }))
  return (
    <li className="check" data-asks={task.asks ?? 'check'}>
      <p>{task.title}</p>
      {task.instruction && <p className="soft prose">{task.instruction}</p>}
      <Answer task={task} mayAnswer={mayAnswer} onSay={say} />
      {isOff && (
        <input aria-label={t('job.check_note')} placeholder={t('job.check_note')} value={note} disabled={!mayAnswer} onChange={(event) => setNote(event.currentTarget.value)} onBlur={() => { if (note.trim() !== task.note) say({ result: task.result as TaskResult, value: task.value }) }} />
      )}
      {task.result === 'fail' && <NotRight order={order} task={task} />}
      <Fault text={fault} />
    </li>
  )
}

export function Checks({ order }: { order: Order }) {
  const { t } = useWords()
  if (!order.tasks.length) return null
  const done = order.tasks.filter((task) => task.result).length
  return (
    <section className="card">
      <h2>{t('job.checks')} <span className="count">{done}/{order.tasks.length}</span></h2>
      <ul className="checks">{order.tasks.map((task) => <Check key={task.id} order={order} task={task} mayAnswer={order.line_actions?.includes('task.answer') ?? false} />)}</ul>
    </section>
  )
}
