// The end of the work: what was done, by a tap or in words, with what else is wanted only when it is wanted.
import { stillOpen } from '@trunnion/kit/checks'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import type { Order, Task } from '../work/types'
import { step } from '../work/verbs'
import { Fault, Sheet, useAct, useField } from './context'

const USUAL = ['adjusted', 'cleaned', 'replaced', 'reset', 'nothing_found']

export function Complete({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t, words } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const [remedy, setRemedy] = useState(order.remedy)
  const [isRestored, setRestored] = useState(true)
  const [minutes, setMinutes] = useState('')
  const open = stillOpen(order.tasks as (Task & { value: string })[])
  const hasClock = order.timers?.some((one) => one.resource_id === order.own_resource_id)
  const complete = async (): Promise<void> => {
    const args = { remedy: remedy.trim(), is_restored: isRestored, ...(Number(minutes) > 0 ? { work_minutes: Math.min(1_440, Math.round(Number(minutes))) } : {}) }
    if (await act(step(order, 'complete', field.clock.now(order.state_at), args))) onClose()
  }
  return (
    <Sheet title={t('verb.work.order.complete')} onClose={onClose}>
      <p className="label">{t('field.work.order.remedy')}</p>
      <div className="chips">
        {USUAL.map((one) => <button key={one} type="button" className="chip" aria-pressed={remedy === t(`job.remedy.${one}`)} onClick={() => setRemedy(t(`job.remedy.${one}`))}>{t(`job.remedy.${one}`)}</button>)}
      </div>
      <textarea id="remedy" rows={2} aria-label={t('field.work.order.remedy')} value={remedy} onChange={(event) => setRemedy(event.currentTarget.value)} />
      {order.asset_id && <label className="switch"><input type="checkbox" checked={isRestored} onChange={(event) => setRestored(event.currentTarget.checked)} /> {t('field.work.order.is_restored')}</label>}
      {!hasClock && (
        <>
          <label htmlFor="minutes">{t('field.work.order.work_minutes')} <span className="soft">{t('kit.optional')}</span></label>
          <input id="minutes" type="number" inputMode="numeric" min={0} max={1440} value={minutes} onChange={(event) => setMinutes(event.currentTarget.value)} />
        </>
      )}
      {open.length > 0 && <p className="warn" role="status">{t('job.still_open', { titles: open.map((task) => task.title).join(words.list) })}</p>}
      <Fault text={fault} />
      <button type="button" className="button big" disabled={!remedy.trim() || open.length > 0} onClick={() => void complete()}>{t('verb.work.order.complete')}</button>
    </Sheet>
  )
}
