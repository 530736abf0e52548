// Home: what waits for the person who signed in.
import { Link } from '@tanstack/react-router'
import { PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { isState, RUNNING } from '../orders/data'
import { OrderSection } from '../orders/rows'
import { useMe } from '../session'

export default function Home() {
  const { t } = useWords()
  const me = useMe()
  if (!me) return null
  const mine = { and: [{ field: 'engineer_user_id', op: 'eq' as const, value: me.user.id }, isState('dispatched', ...RUNNING, 'waiting')] }
  return (
    <PageShell
      title={t('home.title', { name: me.user.name })}
      over={me.organisation.name}
      actions={<Link to="/orders/new" search={{}}><Button type="primary" tabIndex={-1} icon={<Plus size={16} />}>{t('order.new')}</Button></Link>}
    >
      <div className="cards">
        <OrderSection title={t('home.inbox')} filter={isState('requested')} emptyText={t('home.inbox_empty')} extra={<Link className="section-link" to="/orders/inbox">{t('home.all')}</Link>} />
        <OrderSection title={t('home.mine')} filter={mine} emptyText={t('home.mine_empty')} />
        <OrderSection title={t('home.running')} filter={isState(...RUNNING)} emptyText={t('home.running_empty')} />
        <OrderSection title={t('home.waiting')} filter={isState('waiting')} emptyText={t('home.waiting_empty')} />
        <OrderSection title={t('home.to_confirm')} filter={isState('completed', 'confirmed')} emptyText={t('home.to_confirm_empty')} />
      </div>
    </PageShell>
  )
}
