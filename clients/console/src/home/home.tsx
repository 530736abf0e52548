// Home: what waits for the person who signed in.
import { Link } from '@tanstack/react-router'
import { PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { isState, RUNNING } from '../orders/data'
import { MyWork } from '../orders/mine'
import { OrderSection } from '../orders/rows'
import { useGrant, useMe } from '../session'

/** What the desk looks at; whoever only sees their own work is not shown empty boxes. */
function Desk() {
  const { t } = useWords()
  return (
    <div className="cards">
      <OrderSection title={t('home.inbox')} filter={isState('requested')} emptyText={t('home.inbox_empty')} extra={<Link className="section-link" to="/orders/inbox">{t('home.all')}</Link>} />
      <OrderSection title={t('home.ready')} filter={isState('approved', 'planned')} emptyText={t('home.ready_empty')} />
      <OrderSection title={t('home.running')} filter={isState(...RUNNING)} emptyText={t('home.running_empty')} />
      <OrderSection title={t('home.waiting')} filter={isState('waiting')} emptyText={t('home.waiting_empty')} />
      <OrderSection title={t('home.to_confirm')} filter={isState('completed', 'confirmed')} emptyText={t('home.to_confirm_empty')} />
    </div>
  )
}

export default function Home() {
  const { t } = useWords()
  const me = useMe()
  const seesAll = useGrant('work.order.read')
  const mayCreate = useGrant('work.order.create')
  if (!me) return null
  return (
    <PageShell
      title={t('home.title', { name: me.user.name })}
      over={me.organisation.name}
      actions={mayCreate && <Link to="/orders/new" search={{}}><Button type={seesAll ? 'primary' : 'default'} tabIndex={-1} icon={<Plus size={16} />}>{t('order.new')}</Button></Link>}
    >
      <MyWork isAlone={!seesAll} />
      {seesAll && <Desk />}
    </PageShell>
  )
}
