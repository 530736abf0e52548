// The work on an order: tasks, labour, failures, standstill, what it led to.
import { Link } from '@tanstack/react-router'
import { fileUrl } from '@trunnion/kit/api'
import { asked } from '@trunnion/kit/checks'
import { Empty } from '@trunnion/kit/plain'
import { FormDialog, Section, StateTag, useSteps, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Radio } from 'antd'
import { Plus, Timer as TimerIcon, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { engineerReference } from '../references'
import { CODE_LISTS, ORDER, type Failure, type Labour, type Order, type Task, type TaskResult } from './data'
import { AttachProcedure, FollowedProcedures, NotRight } from './procedures'
import { choices, failureFields, reason } from './verbs'

const RESULTS: TaskResult[] = ['pass', 'flag', 'fail', 'skipped']
const LABOUR: FieldSpec[] = [
  { key: 'minutes', type: 'number', words_key: 'field.work.labour.minutes', isRequired: true, min: 1, max: 1_440, isHalf: true, autoFocus: true },
  { key: 'worked_on', type: 'date', words_key: 'field.work.labour.worked_on', isHalf: true },
  { key: 'kind', type: 'choice', words_key: 'field.work.labour.kind', isRequired: true, choices: choices(['work', 'travel', 'wait'], 'choice.work.labour.kind') },
  { key: 'resource_id', type: 'reference', words_key: 'field.work.labour.resource', reference: engineerReference, help_key: 'order.labour_whose' },
  { key: 'remark', type: 'text', words_key: 'field.work.order.remark' },
]
const ASKS = ['check', 'tick', 'number', 'text', 'choice', 'date', 'barcode', 'photo', 'signature']
const isNumber = ({ asks }: Record<string, unknown>): boolean => asks === 'number'
const TASKS: FieldSpec[] = [
  { key: 'titles', type: 'longtext', words_key: 'field.work.task.titles', help_key: 'order.task_titles_help', isRequired: true, autoFocus: true },
  { key: 'asks', type: 'choice', words_key: 'field.work.task.asks', choices: choices(ASKS, 'choice.work.task.asks') },
  { key: 'unit', type: 'text', words_key: 'field.work.task.unit', when: isNumber },
  { key: 'low', type: 'number', words_key: 'field.work.task.low', isHalf: true, when: isNumber },
  { key: 'high', type: 'number', words_key: 'field.work.task.high', isHalf: true, when: isNumber },
  { key: 'choices', type: 'longtext', words_key: 'field.work.task.choices', help_key: 'order.task_choices_help', when: ({ asks }) => asks === 'choice' || asks === 'barcode' },
]
const linesOf = (text: unknown): string[] => String(text ?? '').split('\n').map((line) => line.trim()).filter(Boolean)
/** Kinds that take more than a tap are answered where the work is done. */
const BY_TAP = new Set(['check', 'tick', 'choice'])

/** What was measured, chosen or read, with what would be right. */
function TaskValue({ task }: { task: Task }) {
  const { t } = useWords()
  const limits = task.low !== null || task.high !== null ? t('order.task_limits', { low: task.low ?? '–', high: task.high ?? '–', unit: task.unit }) : ''
  return (
    <p className="task-value">
      {task.value && task.asks !== 'photo' && <strong data-result={task.result}>{[task.value, task.unit].filter(Boolean).join(' ')}</strong>}
      {task.result && <span>{t(`choice.work.task.result.${task.result}`)}</span>}
      <span className="muted">{[t(`choice.work.task.asks.${task.asks}`), limits].filter(Boolean).join(' · ')}</span>
    </p>
  )
}

function TaskAnswer({ order, task }: { order: Order; task: Task }) {
  const { t } = useWords()
  const run = useSteps(order.id)
  if (!BY_TAP.has(task.asks)) return <TaskValue task={task} />
  const values = task.asks === 'choice' ? task.choices : task.asks === 'tick' ? ['pass', 'skipped'] : RESULTS
  const label = (value: string): string => (task.asks === 'choice' ? value : task.asks === 'tick' && value === 'pass' ? t('choice.work.task.asks.tick') : t(`choice.work.task.result.${value}`))
  const answered = task.asks === 'choice' ? task.value : task.result
  return <Radio.Group size="small" optionType="button" aria-label={task.title} value={answered || undefined} options={values.map((value) => ({ value, label: label(value) }))} disabled={!order.line_actions?.includes('task.answer')} onChange={(event) => void run([{ path: `work/tasks/${task.id}/answer`, args: task.asks === 'choice' ? { value: event.target.value } : { result: event.target.value } }])} />
}

interface AddProps {
  order: Order
  /** As among the order's line_actions: task.add. */
  action: string
  path: string
  title: string
  fields: FieldSpec[]
  initial?: Record<string, unknown>
  toArgs?: (values: Record<string, unknown>) => object
}

/** Lines of an order have verbs of their own, which name the order. */
function AddLine({ order, action, path, title, fields, initial, toArgs }: AddProps) {
  const [isAsking, setAsking] = useState(false)
  const run = useSteps(order.id)
  if (!order.line_actions?.includes(action)) return null
  return (
    <>
      <Button type="text" icon={<Plus size={15} />} onClick={() => setAsking(true)}>{title}</Button>
      {isAsking && (
        <FormDialog
          kind={`work.${action.split('.')[0]}`}
          title={title}
          fields={fields}
          initial={initial}
          onClose={() => setAsking(false)}
          onSubmit={async (values) => { await run([{ path, args: { order_id: order.id, ...(toArgs?.(values) ?? values) } }]) }}
        />
      )}
    </>
  )
}

function TaskLine({ order, task, before }: { order: Order; task: Task; before: Task | undefined }) {
  const { t, formats } = useWords()
  const requirement = task.requirement !== 'optional' && t(`choice.knowledge.step.requirement.${task.requirement}`)
  return (
    <li className="task">
      {task.section && task.section !== before?.section && <h3 className="sub-title task-section">{task.section}</h3>}
      <div>
        <p>{task.title}{task.repeat > 0 && <span className="muted"> · {task.repeat}</span>}{requirement && <abbr className="task-must" title={requirement}> *</abbr>}</p>
        {task.instruction && <p className="muted prose">{task.instruction}</p>}
        {task.note && <p className="prose">{task.note}</p>}
        {task.file_id && <p><a href={fileUrl(task.file_id)} target="_blank" rel="noreferrer">{t('field.knowledge.step.file_id')}</a></p>}
        {task.answered_at && <p className="muted">{task.answered_by_name} · {formats.dateTime(task.answered_at)}</p>}
      </div>
      {task.asks !== 'read' && <TaskAnswer order={order} task={task} />}
      {task.result === 'fail' && <NotRight order={order} task={task} />}
    </li>
  )
}

export function TasksSection({ order }: { order: Order }) {
  const { t } = useWords()
  const shown = asked(order.tasks)
  const countable = shown.filter((task) => task.asks !== 'read')
  const done = countable.filter((task) => task.result).length
  const title = <>{t('order.tasks')}{countable.length > 0 && <span className="section-count">{done}/{countable.length}</span>}</>
  const lines = (values: Record<string, unknown>) => ({ ...values, titles: linesOf(values.titles), choices: linesOf(values.choices) })
  return (
    <Section title={title} extra={<span className="section-acts"><AttachProcedure order={order} /><AddLine order={order} action="task.add" path="work/tasks/add" title={t('order.add_task')} fields={TASKS} initial={{ asks: 'check' }} toArgs={lines} /></span>}>
      <FollowedProcedures order={order} />
      {shown.length === 0 ? <Empty title={t('order.no_tasks')} /> : <ul className="checks">{shown.map((task, index) => <TaskLine key={task.id} order={order} task={task} before={shown[index - 1]} />)}</ul>}
    </Section>
  )
}

/** One's own clock: started here or on the phone, it runs on the server. */
function Clock({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const run = useSteps(order.id)
  const running = order.timers?.find((one) => one.resource_id === order.own_resource_id)
  const others = (order.timers ?? []).filter((one) => one !== running)
  const last = (order.labour ?? []).findLast((one) => one.ended_at && one.kind === 'work' && !one.is_reversed && !one.reverses_id)
  const isPaused = order.state === 'in_progress' && !order.timers?.length && last?.ended_at
  return (
    <>
      {others.map((one) => <p key={one.id} className="muted">{t('order.clock_of', { name: one.resource, time: formats.ago(one.began_at) })}</p>)}
      {isPaused && <p className="muted" role="status">{t('order.clock_paused', { name: last.resource, time: formats.ago(last.ended_at!) })}</p>}
      {running ? (
        <p className="clock"><TimerIcon size={15} aria-hidden /> {t('order.clock_runs', { time: formats.ago(running.began_at) })} <Button size="small" onClick={() => void run([{ path: 'work/labour/finish', args: { order_id: order.id } }])}>{t('order.clock_stop')}</Button></p>
      ) : order.own_resource_id && order.line_actions?.includes('labour.begin') && (
        <p className="clock"><Button size="small" icon={<TimerIcon size={14} />} onClick={() => void run([{ path: 'work/labour/begin', args: { order_id: order.id, switch: true } }])}>{t('order.clock_start')}</Button></p>
      )}
    </>
  )
}

function TakeBack({ order, line }: { order: Order; line: Labour }) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  const run = useSteps(order.id)
  if (line.is_reversed || line.reverses_id || !order.line_actions?.includes('labour.reverse')) return null
  return (
    <>
      <button type="button" className="icon-button" title={t('verb.work.labour.reverse')} aria-label={t('verb.work.labour.reverse')} onClick={() => setAsking(true)}><Undo2 size={14} /></button>
      {isAsking && <FormDialog kind="work.labour" title={t('verb.work.labour.reverse')} fields={[reason]} onClose={() => setAsking(false)} onSubmit={async (values) => { await run([{ path: `work/labour/${line.id}/reverse`, args: values }]) }} />}
    </>
  )
}

export function LabourSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const labour = order.labour
  if (!labour) return null
  const total = labour.reduce((sum, line) => sum + line.minutes, 0)
  const hasMoney = labour.some((line) => line.amount)
  return (
    <Section title={t('order.labour')} extra={<AddLine order={order} action="labour.record" path="work/labour/record" title={t('order.add_labour')} fields={LABOUR} initial={{ kind: 'work', resource_id: order.own_resource_id ?? order.leading_id ?? undefined }} />}>
      {labour.length === 0 ? <Empty title={t('order.no_labour')} /> : (
        <table className="small-table">
          <tbody>
            {labour.map((line) => (
              <tr key={line.id} data-undone={line.is_reversed || line.reverses_id !== null || undefined}>
                <td>{line.resource}{line.remark && <span className="muted"> · {line.remark}</span>}</td>
                <td className="muted">{t(`choice.work.labour.kind.${line.kind}`)}</td>
                <td className="muted">{formats.date(line.worked_on)}</td>
                <td data-numeric="true">{line.minutes < 0 ? '−' : ''}{formats.minutes(Math.abs(line.minutes))}</td>
                {hasMoney && <td data-numeric="true">{line.amount && line.currency ? formats.money(line.amount, line.currency) : null}</td>}
                <td data-numeric="true"><TakeBack order={order} line={line} /></td>
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row" colSpan={3}>{t('order.labour_total')}</th><td data-numeric="true">{formats.minutes(total)}</td><td colSpan={hasMoney ? 2 : 1}>{''}</td></tr></tfoot>
        </table>
      )}
      <Clock order={order} />
    </Section>
  )
}

function FailureLine({ failure }: { failure: Failure }) {
  const { t } = useWords()
  return (
    <li className="failure">
      {CODE_LISTS.map((list) => failure[`${list}_name`] && <span key={list}><span className="muted">{t(`field.work.failure.${list}`)}</span> {failure[`${list}_name`]}</span>)}
      {failure.part && <span><span className="muted">{t('field.work.failure.part')}</span> {failure.part}</span>}
      {failure.description && <span className="prose">{failure.description}</span>}
    </li>
  )
}

export function FailuresSection({ order }: { order: Order }) {
  const { t } = useWords()
  const failures = order.failures
  if (!failures) return null
  const fields: FieldSpec[] = [...failureFields(order.equipment_class), { key: 'part', type: 'text', words_key: 'field.work.failure.part', isHalf: true }, { key: 'description', type: 'longtext', words_key: 'field.work.failure.description' }]
  fields[0] = { ...fields[0]!, isRequired: true }
  return (
    <Section title={t('order.failures')} extra={<AddLine order={order} action="failure.record" path="work/failures/record" title={t('order.add_failure')} fields={fields} />}>
      {failures.length === 0 ? <Empty title={t('order.no_failures')} /> : <ul className="failures">{failures.map((failure) => <FailureLine key={failure.id} failure={failure} />)}</ul>}
    </Section>
  )
}

export function DowntimeSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const run = useSteps(order.id)
  if (!order.downtimes.length) return null
  return (
    <Section title={t('order.downtime')}>
      <ul className="checks">
        {order.downtimes.map((one) => (
          <li key={one.id} className="downtime">
            <span>{t(`choice.work.downtime.kind.${one.kind}`)} · {formats.dateTime(one.began_at)} – {one.ended_at ? formats.dateTime(one.ended_at) : t('asset.until_now')}</span>
            {!one.ended_at && order.line_actions?.includes('downtime.end') && <Button size="small" onClick={() => void run([{ path: `work/downtimes/${one.id}/end`, args: {} }])}>{t('order.runs_again')}</Button>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function FollowUpsSection({ order }: { order: Order }) {
  const { t } = useWords()
  const fields: FieldSpec[] = [
    { key: 'title', type: 'text', words_key: 'field.work.order.title', isRequired: true, autoFocus: true },
    { key: 'reason', type: 'text', words_key: 'field.work.order.reason' },
  ]
  const add = <AddLine order={order} action="follow_up.create" path="work/follow_ups/create" title={t('order.add_follow_up')} fields={fields} />
  if (!order.follow_ups || (!order.follow_ups.length && !order.line_actions?.includes('follow_up.create'))) return null
  return (
    <Section title={t('order.follow_ups')} extra={add} isBare={order.follow_ups.length > 0}>
      {order.follow_ups.length === 0 ? <Empty title={t('order.no_follow_ups')} /> : (
        <ul className="rows">
          {order.follow_ups.map((one) => (
            <li key={one.row_id}>
              <Link to="/orders/$id" params={{ id: one.row_id }} className="row-link">
                <span className="row-title">{one.title}</span>
                <span className="row-side">{one.state && <StateTag kind={ORDER} state={one.state} />}</span>
                <span className="row-sub">{[one.number, one.reason].filter(Boolean).join(' · ')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
