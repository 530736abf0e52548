// Small signs: the state and urgency of an order, and what became of one's own entries.
import { useWords } from '@trunnion/kit/words'
import { Check, CloudOff, Hourglass, TriangleAlert } from 'lucide-react'
import { useField } from './context'

const TONES: Record<string, string> = {
  dispatched: 'info', accepted: 'info', travelling: 'info', on_site: 'accent', in_progress: 'accent', waiting: 'warn', completed: 'good', confirmed: 'good', closed: 'good',
  cancelled: 'bad', rejected: 'bad', merged: 'bad',
}

export function State({ state }: { state: string }) {
  const { t } = useWords()
  return <span className="tag" data-tone={TONES[state] ?? 'plain'}>{t(`state.work.order.${state}`)}</span>
}

export function Priority({ priority }: { priority: string }) {
  const { t } = useWords()
  if (priority !== 'high' && priority !== 'urgent') return null
  return <span className="tag" data-tone={priority === 'urgent' ? 'bad' : 'warn'}>{t(`choice.work.order.priority.${priority}`)}</span>
}

/** Always on the screen: whether the house knows what was done here. */
export function Sync() {
  const { state } = useField()
  const { t, formats } = useWords()
  const blocked = state.queue.filter((one) => one.state === 'blocked').length
  const waiting = state.queue.filter((one) => one.state !== 'aside').length - blocked
  const last = state.sent[0]?.at ?? (state.readAt ? new Date(state.readAt).toISOString() : null)
  const face = blocked ? 'blocked' : waiting ? 'waiting' : state.isOnline ? 'sent' : 'offline'
  const text = {
    blocked: t('phone.blocked', { count: blocked }),
    waiting: t('phone.waiting', { count: waiting }),
    sent: last ? t('phone.all_sent', { time: formats.time(last) }) : t('phone.nothing_waits'),
    offline: last ? t('phone.offline_since', { time: formats.time(last) }) : t('phone.offline'),
  }[face]
  const Icon = { blocked: TriangleAlert, waiting: Hourglass, sent: Check, offline: CloudOff }[face]
  return (
    <a className="sync" data-face={face} href="#/outbox">
      <Icon size={16} aria-hidden /> {text}{face === 'waiting' && !state.isOnline && <span className="sync-more"> · {t('phone.offline')}</span>}
    </a>
  )
}
