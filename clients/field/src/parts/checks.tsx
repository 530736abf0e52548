// The order's checks: what each asks for, and what is wanted when it is not right: a word, a photo, a follow-up.
import { fileUrl } from '@trunnion/kit/api'
import { asked } from '@trunnion/kit/checks'
import { useWords } from '@trunnion/kit/words'
import { CircleAlert, CornerDownRight } from 'lucide-react'
import { Fragment, useState } from 'react'
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
      {isAsking && <AskFollowUp order={order} title={title} reason={order.number} taskId={task.id} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Check({ order, task, mayAnswer }: { order: Order; task: Task; mayAnswer: boolean }) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const [note, setNote] = useState(task.note)
  const [isExcused, setExcused] = useState(false)
  const isOff = task.result === 'flag' || task.result === 'fail' || isExcused || Boolean(task.result && task.note)
  const say = (said: Said): void => {
    // Some steps are left out with a reason only: it is asked for before anything is sent.
    const isLacking = said.result === 'skipped' && task.requirement === 'reason' && !note.trim()
    setExcused(isLacking)
    if (!isLacking) void act(answerTask(order, task, { note: note.trim(), ...said }))
  }
  return (
    <li className="check" data-asks={task.asks ?? 'check'}>
      <p>{task.title}{task.repeat ? ` · ${task.repeat}` : ''}{task.requirement && task.requirement !== 'optional' && <span className="bad" aria-label={t('job.required')}> *</span>}</p>
      {task.instruction && <p className="soft prose">{task.instruction}</p>}
      {task.file_id && <a className="chip" href={fileUrl(task.file_id)} target="_blank" rel="noreferrer">{t('job.step_file')}</a>}
      {task.asks !== 'read' && <Answer task={task} mayAnswer={mayAnswer} onSay={say} />}
      {isOff && (
        <input aria-label={t(isExcused ? 'job.skip_why' : 'job.check_note')} placeholder={t(isExcused ? 'job.skip_why' : 'job.check_note')} autoFocus={isExcused} value={note} disabled={!mayAnswer} onChange={(event) => setNote(event.currentTarget.value)} onBlur={() => { if (note.trim() !== task.note) say(isExcused ? { result: 'skipped' } : { result: task.result as TaskResult, value: task.value }) }} />
      )}
      {task.result === 'fail' && <NotRight order={order} task={task} />}
      <Fault text={fault} />
    </li>
  )
}

export function Checks({ order }: { order: Order }) {
  const { t } = useWords()
  const shown = asked(order.tasks as (Task & { value: string })[])
  if (!shown.length) return null
  const countable = shown.filter((task) => task.asks !== 'read')
  const done = countable.filter((task) => task.result).length
  const mayAnswer = order.line_actions?.includes('task.answer') ?? false
  return (
    <section className="card">
      <h2>{t('job.checks')} <span className="count">{done}/{countable.length}</span></h2>
      <ul className="checks">
        {shown.map((task, index) => (
          <Fragment key={task.id}>
            {task.section && task.section !== shown[index - 1]?.section && <li className="check-section"><h3>{task.section}</h3></li>}
            <Check order={order} task={task} mayAnswer={mayAnswer} />
          </Fragment>
        ))}
      </ul>
    </section>
  )
}
