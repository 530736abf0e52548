// The clock of one's own work: it runs by the moments of start and stop, so that a killed browser loses nothing of it.
import { useWords } from '@trunnion/kit/words'
import { Pause, Timer as TimerIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Order } from '../work/types'
import { beginClock, finishClock } from '../work/verbs'
import { Fault, useAct, useField } from './context'

const SECOND = 1_000

function useNow(isRunning: boolean, now: () => string): number {
  const [at, setAt] = useState(() => Date.parse(now()))
  useEffect(() => {
    if (!isRunning) return undefined
    setAt(Date.parse(now()))
    const timer = setInterval(() => setAt(Date.parse(now())), SECOND)
    return () => clearInterval(timer)
  }, [isRunning, now])
  return at
}

const two = (part: number): string => String(part).padStart(2, '0')

function shown(began: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(began)) / SECOND))
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export function Clock({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const [now] = useState(() => () => field.clock.now())
  const running = order.timers?.find((one) => one.resource_id === order.own_resource_id)
  const at = useNow(running !== undefined, now)
  const booked = (order.labour ?? []).filter((one) => one.kind !== 'wait').reduce((sum, one) => sum + one.minutes, 0)
  const may = (line: string): boolean => order.line_actions?.includes(line) ?? false
  if (!running && !may('labour.begin') && !booked) return null
  return (
    <section className="card clock" data-on={running !== undefined}>
      <div>
        <h2>{t('job.clock')}</h2>
        <p className="clock-time" role="timer">{running ? shown(running.began_at, at) : formats.minutes(booked)}</p>
        <p className="soft">{running ? t('job.clock_since', { time: formats.time(running.began_at) }) : t('job.clock_booked')}</p>
      </div>
      {running && may('labour.finish') && <button type="button" className="button button-quiet" onClick={() => void act(finishClock(order, field.clock.now(running.began_at)))}><Pause size={20} aria-hidden /> {t('verb.work.labour.finish')}</button>}
      {!running && may('labour.begin') && order.own_resource_id && <button type="button" className="button button-quiet" onClick={() => void act(beginClock(order, field.clock.now()))}><TimerIcon size={20} aria-hidden /> {t('verb.work.labour.begin')}</button>}
      <Fault text={fault} />
    </section>
  )
}
