// One order on one page: what, where, who, when, work, talk, files, history, cost.
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, PriorityTag, Section, StateTag, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { PauseCircle, Pencil, TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Comments } from '../records/comments'
import { Files } from '../records/files'
import { EditableHistory } from '../records/history'
import { ENDED, ORDER, useOrder, type Order } from './data'
import { EditOrder, ORDER_FIELDS } from './edit'
import { ConfirmationSection, CostSection, FactsSection, PhasesSection, RequestSection } from './facts'
import { PartsSection, ReadyTag } from './parts'
import { orderVerbs } from './verbs'
import { DowntimeSection, FailuresSection, FollowUpsSection, LabourSection, TasksSection } from './work'

function Waiting({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const wait = order.waits.find((one) => !one.ended_at)
  if (order.state !== 'waiting' || !wait) return null
  return (
    <div className="banner" role="status">
      <PauseCircle size={18} aria-hidden />
      <span>
        <strong>{t('order.waiting_for', { reason: t(`choice.${ORDER}.waiting_reason.${wait.reason}`) })}</strong>
        {' · '}{t('order.since', { time: formats.ago(wait.began_at) })}
        {wait.remark && <span className="prose banner-text">{wait.remark}</span>}
      </span>
    </div>
  )
}

function Report({ order }: { order: Order }) {
  const { t } = useWords()
  return (
    <Section title={t('order.report')}>
      {order.is_stopped && <p className="report-stopped"><TriangleAlert size={15} aria-hidden /> {t(ENDED.includes(order.state) || order.restored_at ? 'order.was_stopped' : 'order.is_stopped')}</p>}
      <p className="prose">{order.description || order.title}</p>
      {order.merged.map((one) => <p key={one.id} className="muted">{t('order.also_reported', { number: one.number })} <Link to="/orders/$id" params={{ id: one.id }}>{one.title}</Link></p>)}
      {order.remedy && (
        <>
          <h3 className="sub-title">{t('field.work.order.remedy')}</h3>
          <p className="prose">{order.remedy}</p>
        </>
      )}
      <Files kind={ORDER} id={order.id} files={order.files} />
    </Section>
  )
}

export default function OrderPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/orders/$id' })
  const query = useOrder(id)
  const [isEditing, setEditing] = useState(false)
  const order = query.data
  const specs = useMemo(() => (order ? orderVerbs(order) : {}), [order])
  if (query.error && !order) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!order) return <Loading lines={10} />
  const actions = order.actions.filter((verb) => verb !== 'edit')
  return (
    <PageShell
      title={order.title}
      over={<><Link to="/orders">{t('nav.orders')}</Link> <span aria-hidden>/</span> {order.number}</>}
      tags={<><StateTag kind={ORDER} state={order.state} /><PriorityTag kind={ORDER} value={order.priority} /><ReadyTag readiness={order.readiness} /></>}
      actions={<VerbBar target={{ kind: ORDER, id: order.id, version: order.version }} actions={actions} specs={specs} isSticky />}
    >
      <Waiting order={order} />
      <div className="split">
        <div className="split-main">
          <Report order={order} />
          <TasksSection order={order} />
          <PartsSection order={order} />
          <LabourSection order={order} />
          <FailuresSection order={order} />
          <DowntimeSection order={order} />
          <FollowUpsSection order={order} />
          <Comments kind={ORDER} id={order.id} comments={order.comments} hasOutsiders={order.source === 'customer'} />
          {order.history && <EditableHistory kind={ORDER} record={order} fields={ORDER_FIELDS} mayEdit={order.actions.includes('edit')} entries={order.history} />}
        </div>
        <div className="split-side">
          <FactsSection order={order} extra={order.actions.includes('edit') && <Button type="text" icon={<Pencil size={14} />} onClick={() => setEditing(true)}>{t('people.edit')}</Button>} />
          <RequestSection order={order} />
          <PhasesSection order={order} />
          <ConfirmationSection order={order} />
          <CostSection order={order} />
        </div>
      </div>
      {isEditing && <EditOrder order={order} onClose={() => setEditing(false)} />}
    </PageShell>
  )
}
