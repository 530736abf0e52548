// On the way: letting whoever waits see where one is. Asked for each journey, always shown, over at the door.
import { useWords } from '@trunnion/kit/words'
import { MapPinned, MapPinOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Order } from '../work/types'
import { Fault, useField } from './context'

const EVERY_MS = 20_000

/** The job that one is on the way to, as the server knows it too. */
function useJourney(): Order | null {
  const { field } = useField()
  const row = field.rows().find(({ state }) => state === 'travelling')
  const order = row ? field.order(row.id) : null
  return order?.state === 'travelling' && order.leading_id === order.own_resource_id && !order.id.startsWith('local:') ? order : null
}

const share = (verb: 'share' | 'stop', order: Order, field: ReturnType<typeof useField>['field']): Promise<void> =>
  field.api.post(`work/position/${verb}`, { order_id: order.id }, { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') }).then(() => field.refresh(order.id))

/** Tells the server now and then where this phone is, while the app is open; answers whether the phone refused. */
function useTelling(orderId: string | undefined): boolean {
  const { field } = useField()
  const [isRefused, setRefused] = useState(false)
  useEffect(() => {
    if (!orderId || !navigator.geolocation) return undefined
    let last = 0
    const watch = navigator.geolocation.watchPosition(({ coords }) => {
      setRefused(false)
      if (Date.now() - last < EVERY_MS) return
      last = Date.now()
      const args = { order_id: orderId, lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6), accuracy_m: Math.min(100_000, Math.round(coords.accuracy)) }
      // What cannot be told now is old the next time.
      void field.api.post('work/position/tell', args, { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(4)).join('-') }).catch(() => undefined)
    }, () => setRefused(true), { enableHighAccuracy: true, maximumAge: 10_000 })
    return () => navigator.geolocation.clearWatch(watch)
  }, [field, orderId])
  return isRefused
}

/** Above every screen for as long as it is so. */
export function Shared() {
  const { t } = useWords()
  const { field } = useField()
  const order = useJourney()
  const shared = order?.is_position_shared ? order : null
  const isRefused = useTelling(shared?.id)
  if (!shared) return null
  return (
    <p className="warn-box" role="status">
      <MapPinned size={18} aria-hidden /> <span>{t(isRefused ? 'job.position_refused' : 'job.position_shared')}</span>
      <button type="button" className="chip" onClick={() => void share('stop', shared, field).catch(() => undefined)}>{t('job.position_stop')}</button>
    </p>
  )
}

export function OfferToShare({ order }: { order: Order }) {
  const { t } = useWords()
  const { field } = useField()
  const journey = useJourney()
  const [isFailed, setFailed] = useState(false)
  const isOffered = journey?.id === order.id && !order.is_position_shared && field.state.isOnline && !field.isUnsent(order.id) && 'geolocation' in navigator && isSecureContext
  if (!isOffered) return null
  return (
    <div className="offer">
      <button type="button" className="button button-quiet" onClick={() => { setFailed(false); void share('share', order, field).catch(() => setFailed(true)) }}><MapPinOff size={18} aria-hidden /> {t('job.position_share')}</button>
      <p className="soft">{t('job.position_text')}</p>
      {isFailed && <Fault text={t('kit.state.fault')} />}
    </div>
  )
}
