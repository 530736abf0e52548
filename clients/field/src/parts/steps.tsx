// The steps of an order: one large button for the next, small ones for what is rarer.
import { useWords } from '@trunnion/kit/words'
import { ArrowRight, CheckCheck, Hand, MapPinCheck, Navigation, PenLine, Play, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { Order } from '../work/types'
import { step } from '../work/verbs'
import { Complete } from './complete'
import { Fault, useAct, useField } from './context'
import { Decline, Wait } from './reasons'
import { Sign } from './sign'

const ICONS: Record<string, typeof Play> = { accept: Hand, grab: Hand, depart: Navigation, arrive: MapPinCheck, start: Play, resume: RotateCw, complete: CheckCheck, confirm: PenLine }
/** The usual way of a job, in which the first verb that is legal is the next step. */
const WAY = ['grab', 'accept', 'depart', 'arrive', 'start', 'resume', 'complete', 'confirm', 'close']
const ASKING = ['complete', 'confirm', 'wait', 'decline']

/** The first of the way that leads on; a step back (arrive while one works) is never the large one. */
export function nextStep(order: Order): string | null {
  if (order.state === 'travelling') return order.actions.includes('arrive') ? 'arrive' : null
  if (order.state === 'on_site') return order.actions.includes('start') ? 'start' : null
  return WAY.find((verb) => order.actions.includes(verb)) ?? null
}

function Asking({ verb, order, onClose }: { verb: string; order: Order; onClose: () => void }) {
  if (verb === 'complete') return <Complete order={order} onClose={onClose} />
  if (verb === 'confirm') return <Sign order={order} onClose={onClose} />
  if (verb === 'wait') return <Wait order={order} onClose={onClose} />
  return <Decline order={order} onClose={onClose} />
}

export function useStep(order: Order): { take: (verb: string) => void; sheet: React.ReactNode; fault: string | null } {
  const { field } = useField()
  const { act, fault } = useAct()
  const [asking, setAsking] = useState<string | null>(null)
  const take = (verb: string): void => {
    if (ASKING.includes(verb)) setAsking(verb)
    else void act(step(order, verb, field.clock.now(order.state_at)))
  }
  return { take, fault, sheet: asking && <Asking verb={asking} order={order} onClose={() => setAsking(null)} /> }
}

export function BigStep({ order }: { order: Order }) {
  const { t } = useWords()
  const { take, sheet, fault } = useStep(order)
  const verb = nextStep(order)
  if (!verb) return null
  const Icon = ICONS[verb] ?? ArrowRight
  return (
    <>
      <button type="button" className="button big" onClick={() => take(verb)}><Icon size={22} aria-hidden /> {t(`verb.work.order.${verb}`)}</button>
      <Fault text={fault} />
      {sheet}
    </>
  )
}

export function OtherSteps({ order }: { order: Order }) {
  const { t } = useWords()
  const { take, sheet, fault } = useStep(order)
  const next = nextStep(order)
  const others = order.actions.filter((verb) => verb !== next && [...WAY, 'wait', 'decline'].includes(verb))
  if (!others.length) return null
  return (
    <div className="chips" role="group" aria-label={t('kit.more')}>
      {others.map((verb) => <button key={verb} type="button" className="chip" onClick={() => take(verb)}>{t(`verb.work.order.${verb}`)}</button>)}
      <Fault text={fault} />
      {sheet}
    </div>
  )
}
