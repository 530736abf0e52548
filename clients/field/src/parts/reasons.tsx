// Steps that want a reason: putting a job on hold, or saying that one will not go.
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { Order } from '../work/types'
import { step } from '../work/verbs'
import { Fault, Sheet, useAct, useField } from './context'

const WAIT_REASONS = ['parts', 'access', 'customer', 'vendor', 'safety', 'weather']

export function Wait({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const [remark, setRemark] = useState('')
  const wait = async (reason: string): Promise<void> => {
    if (await act(step(order, 'wait', field.clock.now(order.state_at), { reason, remark: remark.trim() }))) onClose()
  }
  return (
    <Sheet title={t('verb.work.order.wait')} onClose={onClose}>
      <label htmlFor="wait-remark">{t('field.work.order.remark')} <span className="soft">{t('kit.optional')}</span></label>
      <input id="wait-remark" value={remark} onChange={(event) => setRemark(event.currentTarget.value)} />
      <p className="over">{t('job.wait_for')}</p>
      <div className="grid-2">
        {WAIT_REASONS.map((reason) => <button key={reason} type="button" className="button button-quiet" onClick={() => void wait(reason)}>{t(`choice.work.order.waiting_reason.${reason}`)}</button>)}
      </div>
      <Fault text={fault} />
    </Sheet>
  )
}

export function Decline({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const [reason, setReason] = useState('')
  const decline = async (): Promise<void> => {
    if (await act(step(order, 'decline', field.clock.now(order.state_at), { reason: reason.trim() }))) onClose()
  }
  return (
    <Sheet title={t('verb.work.order.decline')} onClose={onClose}>
      <label htmlFor="decline-reason">{t('field.work.order.reason')}</label>
      <textarea id="decline-reason" rows={3} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Fault text={fault} />
      <button type="button" className="button" disabled={!reason.trim()} onClick={() => void decline()}>{t('verb.work.order.decline')}</button>
    </Sheet>
  )
}
