// The order's checks: one tap each; what is not right is said in a few words.
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { Order, Task, TaskResult } from '../work/types'
import { answerTask } from '../work/verbs'
import { Fault, useAct } from './context'

const RESULTS: TaskResult[] = ['pass', 'flag', 'fail', 'skipped']

function Check({ order, task, mayAnswer }: { order: Order; task: Task; mayAnswer: boolean }) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const [note, setNote] = useState(task.note)
  const isOff = task.result === 'flag' || task.result === 'fail'
  return (
    <li className="check">
      <p>{task.title}</p>
      {task.instruction && <p className="soft prose">{task.instruction}</p>}
      <div className="answers" role="radiogroup" aria-label={task.title}>
        {RESULTS.map((result) => (
          <button key={result} type="button" role="radio" className="answer" data-result={result} aria-checked={task.result === result} disabled={!mayAnswer} onClick={() => void act(answerTask(order, task, result, note.trim()))}>
            {t(`choice.work.task.result.${result}`)}
          </button>
        ))}
      </div>
      {isOff && (
        <input aria-label={t('job.check_note')} placeholder={t('job.check_note')} value={note} disabled={!mayAnswer} onChange={(event) => setNote(event.currentTarget.value)} onBlur={() => { if (note.trim() !== task.note) void act(answerTask(order, task, task.result as TaskResult, note.trim())) }} />
      )}
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
