// The work on an order: tasks, labour, failures.
import { Empty } from '@trunnion/kit/plain'
import { FormDialog, Section, useVerb, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { engineerReference } from '../references'
import { useGrant } from '../session'
import { ORDER, type Failure, type Order } from './data'
import { failureFields } from './verbs'

const LABOUR: FieldSpec[] = [
  { key: 'resource_id', type: 'reference', words_key: 'field.work.labour_entry.resource', isRequired: true, reference: engineerReference },
  { key: 'minutes', type: 'number', words_key: 'field.work.labour_entry.minutes', isRequired: true, min: 1, max: 6_000 },
]
const TASK: FieldSpec[] = [{ key: 'title', type: 'text', words_key: 'field.work.task.title', isRequired: true, autoFocus: true }]

const isOpen = (order: Order): boolean => !['closed', 'cancelled', 'rejected', 'merged'].includes(order.state)

interface AddProps {
  order: Order
  verb: string
  title: string
  fields: FieldSpec[]
}

/** Lines of an order are added by verbs of the order itself. */
function AddLine({ order, verb, title, fields }: AddProps) {
  const [isAsking, setAsking] = useState(false)
  const isGranted = useGrant(`${ORDER}.${verb}`)
  const run = useVerb({ kind: ORDER, id: order.id })
  if (!isOpen(order) || !isGranted) return null
  return (
    <>
      <Button type="text" icon={<Plus size={15} />} onClick={() => setAsking(true)}>{title}</Button>
      {isAsking && <FormDialog title={title} fields={fields} onClose={() => setAsking(false)} onSubmit={(values) => run(verb, values)} />}
    </>
  )
}

export function TasksSection({ order }: { order: Order }) {
  const { t } = useWords()
  const run = useVerb({ kind: ORDER, id: order.id })
  const done = order.tasks.filter((task) => task.is_done).length
  const title = <>{t('order.tasks')}{order.tasks.length > 0 && <span className="section-count">{done}/{order.tasks.length}</span>}</>
  return (
    <Section title={title} extra={<AddLine order={order} verb="add_task" title={t('order.add_task')} fields={TASK} />}>
      {order.tasks.length === 0 ? <Empty title={t('order.no_tasks')} /> : (
        <ul className="checks">
          {order.tasks.map((task) => (
            <li key={task.id}>
              <Checkbox checked={task.is_done} disabled={!isOpen(order)} onChange={(event) => void run('tick_task', { task_id: task.id, is_done: event.target.checked })}>{task.title}</Checkbox>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

export function LabourSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const total = order.labour.reduce((sum, line) => sum + line.minutes, 0)
  return (
    <Section title={t('order.labour')} extra={<AddLine order={order} verb="book_labour" title={t('order.add_labour')} fields={LABOUR} />}>
      {order.labour.length === 0 ? <Empty title={t('order.no_labour')} /> : (
        <table className="small-table">
          <tbody>
            {order.labour.map((line) => (
              <tr key={line.id}>
                <td>{line.resource.name}</td>
                <td className="muted">{line.began_at && formats.dateTime(line.began_at)}</td>
                <td data-numeric="true">{formats.minutes(line.minutes)}</td>
                <td data-numeric="true">{line.cost && line.currency ? formats.money(line.cost, line.currency) : null}</td>
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row" colSpan={2}>{t('order.labour_total')}</th><td data-numeric="true" colSpan={1}>{formats.minutes(total)}</td><td data-numeric="true">{''}</td></tr></tfoot>
        </table>
      )}
    </Section>
  )
}

function FailureLine({ failure }: { failure: Failure }) {
  const { t } = useWords()
  const parts = (['mode', 'mechanism', 'cause', 'detection'] as const).filter((part) => failure[part])
  return (
    <li className="failure">
      {parts.map((part) => (
        <span key={part}><span className="muted">{t(`field.work.failure.${part}`)}</span> {failure[part]!.name}</span>
      ))}
    </li>
  )
}

export function FailuresSection({ order }: { order: Order }) {
  const { t } = useWords()
  return (
    <Section title={t('order.failures')} extra={<AddLine order={order} verb="record_failure" title={t('order.add_failure')} fields={failureFields(order.asset?.class_code)} />}>
      {order.failures.length === 0 ? <Empty title={t('order.no_failures')} /> : <ul className="failures">{order.failures.map((failure) => <FailureLine key={failure.id} failure={failure} />)}</ul>}
    </Section>
  )
}
