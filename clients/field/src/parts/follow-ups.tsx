// What this job leads to: another order for what was found.
import { useWords } from '@trunnion/kit/words'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Order } from '../work/types'
import { followUp } from '../work/verbs'
import { Fault, Sheet, useAct } from './context'

interface AskProps { order: Order; title?: string; reason?: string; taskId?: string; onClose: () => void }

/** An order that only this phone knows has nothing yet that another could follow. */
export const mayFollowUp = (order: Order): boolean => Boolean(order.line_actions?.includes('follow_up.create')) && !order.id.startsWith('local:')

export function AskFollowUp({ order, onClose, ...given }: AskProps) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const [title, setTitle] = useState(given.title ?? '')
  const [reason, setReason] = useState(given.reason ?? '')
  const make = async (): Promise<void> => {
    if (await act(followUp(order, title.trim(), reason.trim(), given.taskId))) onClose()
  }
  return (
    <Sheet title={t('verb.work.follow_up.create')} onClose={onClose}>
      <label htmlFor="next-title">{t('field.work.order.title')}</label>
      <input id="next-title" value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <label htmlFor="next-reason">{t('field.work.order.reason')} <span className="soft">{t('kit.optional')}</span></label>
      <input id="next-reason" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Fault text={fault} />
      <button type="button" className="button" disabled={!title.trim()} onClick={() => void make()}>{t('verb.work.follow_up.create')}</button>
    </Sheet>
  )
}

export function FollowUps({ order }: { order: Order }) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  const may = mayFollowUp(order)
  const made = order.follow_ups ?? []
  if (!may && !made.length) return null
  return (
    <section className="card">
      <h2>{t('job.follow_ups')}</h2>
      {made.length > 0 && <ul className="stack">{made.map((one) => <li key={one.row_id} className="said">{[one.number || t('job.not_sent_yet'), one.title].join(' · ')}</li>)}</ul>}
      {may && <button type="button" className="button button-quiet" onClick={() => setAsking(true)}><Plus size={20} aria-hidden /> {t('verb.work.follow_up.create')}</button>}
      {isAsking && <AskFollowUp order={order} onClose={() => setAsking(false)} />}
    </section>
  )
}
