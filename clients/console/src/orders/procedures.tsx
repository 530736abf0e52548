// The procedures that an order follows: proposed by its machine and kind, attached, taken off, and what follows a failed step.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Dialog, FormDialog, useApi, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { BookOpenCheck, CornerDownRight, X } from 'lucide-react'
import { useState } from 'react'
import { ORDERS, type Order, type Task } from './data'

interface Card {
  id: string
  number: string
  name: string
  no: number
  step_count: number
  fits: string
}

function Proposed({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const run = useSteps(order.id)
  const query = useQuery({ queryKey: ['proposed', order.id], queryFn: () => api.get<{ proposed: Card[] }>(`${ORDERS}/${order.id}/procedures`), gcTime: 0 })
  const cards = query.data?.proposed
  const attach = async (card: Card): Promise<void> => {
    try {
      await run([{ path: 'work/order_procedures/attach', args: { order_id: order.id, procedure_id: card.id } }])
      onClose()
    } catch (error) {
      toasts.bad(problemWords(words, error, 'work.order_procedure'))
    }
  }
  return (
    <Dialog title={t('procedure.attach')} onClose={onClose} foot={<Button onClick={onClose}>{t('kit.cancel')}</Button>}>
      <p className="dialog-intro">{t('procedure.attach_intro')}</p>
      {query.error && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading lines={4} />}
      {cards?.length === 0 && <Empty title={t('procedure.none_fit')} text={t('procedure.none_fit_text')} />}
      {cards && cards.length > 0 && (
        <ul className="rows">
          {cards.map((card) => (
            <li key={card.id}><button type="button" className="version-pick" onClick={() => void attach(card)}><span className="row-title">{card.name}</span><span className="row-sub-wrap">{[card.number, t('procedure.version', { no: card.no }), t('procedure.count', { count: card.step_count }), t(`procedure.fits.${card.fits}`)].join(' · ')}</span></button></li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

export function AttachProcedure({ order }: { order: Order }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  if (!order.line_actions?.includes('order_procedure.attach')) return null
  return (
    <>
      <Button type="text" icon={<BookOpenCheck size={15} />} onClick={() => setOpen(true)}>{t('procedure.attach')}</Button>
      {isOpen && <Proposed order={order} onClose={() => setOpen(false)} />}
    </>
  )
}

export function FollowedProcedures({ order }: { order: Order }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const run = useSteps(order.id)
  const mayDetach = order.line_actions?.includes('order_procedure.detach')
  const detach = (id: string): void => void run([{ path: `work/order_procedures/${id}/detach`, args: {} }]).catch((error: unknown) => toasts.bad(problemWords(words, error, 'work.order_procedure')))
  return order.procedures.map((one) => (
    <p key={one.id} className="followed">
      <BookOpenCheck size={15} aria-hidden />
      <Link to="/procedures/$id" params={{ id: one.procedure_id }}>{one.name}</Link>
      <span className="muted">{one.number} · {t('procedure.version', { no: one.no })}</span>
      {mayDetach && !order.tasks.some((task) => task.procedure_id === one.id && task.result) && <button type="button" className="icon-button" aria-label={t('procedure.detach', { number: one.number })} title={t('procedure.detach', { number: one.number })} onClick={() => detach(one.id)}><X size={14} /></button>}
    </p>
  ))
}

const NEXT: FieldSpec[] = [
  { key: 'title', type: 'text', words_key: 'field.work.order.title', isRequired: true, autoFocus: true },
  { key: 'reason', type: 'text', words_key: 'field.work.order.reason' },
]
const MOST_TITLE = 180

/** Somebody has to see to what failed: the order for it carries what was seen. */
export function NotRight({ order, task }: { order: Order; task: Task }) {
  const { t } = useWords()
  const run = useSteps(order.id)
  const [isAsking, setAsking] = useState(false)
  if (!order.line_actions?.includes('follow_up.create')) return null
  const seen = [task.asks === 'photo' ? '' : [task.value, task.unit].filter(Boolean).join(' '), task.note].filter(Boolean).join(' · ')
  const title = [task.title, seen].filter(Boolean).join(': ').slice(0, MOST_TITLE)
  return (
    <>
      <Button size="small" icon={<CornerDownRight size={14} />} onClick={() => setAsking(true)}>{t('procedure.follow')}</Button>
      {isAsking && <FormDialog kind="work.follow_up" title={t('verb.work.follow_up.create')} fields={NEXT} initial={{ title, reason: order.number }} draft={`follow.${task.id}`} onClose={() => setAsking(false)} onSubmit={async (values) => { await run([{ path: 'work/follow_ups/create', args: { ...values, order_id: order.id, task_id: task.id } }]) }} />}
    </>
  )
}
