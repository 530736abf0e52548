// An order on one page: what, where, the next step, and everything that is written down on the way.
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { FileDown, MapPin, Octagon, Phone, ScanLine, User, Wrench } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Priority, State } from '../parts/badges'
import { Checks } from '../parts/checks'
import { Clock } from '../parts/clock'
import { Top, useField } from '../parts/context'
import { Failures } from '../parts/failures'
import { FollowUps } from '../parts/follow-ups'
import { GoThere } from '../parts/go-there'
import { OfferToShare } from '../parts/on-the-way'
import { Photos } from '../parts/photos'
import { BigStep, OtherSteps } from '../parts/steps'
import { Talk } from '../parts/talk'
import type { Order as OrderShape } from '../work/types'

function Where({ order }: { order: OrderShape }) {
  const { t } = useWords()
  const where = [...new Set([order.site, order.place].filter(Boolean))].join(' · ')
  if (!where && !order.customer && !order.customer_phone) return null
  return (
    <section className="card">
      {order.customer && <p className="fact"><User size={18} aria-hidden /> {order.customer}</p>}
      {where && <p className="fact"><MapPin size={18} aria-hidden /> {where}</p>}
      <div className="grid-2">
        <GoThere order={order} />
        {order.customer_phone && <a className="button button-quiet" href={`tel:${order.customer_phone.replaceAll(' ', '')}`}><Phone size={18} aria-hidden /> {t('job.call')}</a>}
      </div>
      <OfferToShare order={order} />
    </section>
  )
}

function Machine({ order }: { order: OrderShape }) {
  const { t } = useWords()
  const { field } = useField()
  if (!order.asset_id) return null
  const file = field.asset(order.asset_id)
  return (
    <section className="card">
      <a className="fact fact-link" href={`#/asset/${order.asset_id}`}><Wrench size={18} aria-hidden /> <span><strong>{order.asset_name}</strong><span className="soft"> {[order.asset_number, order.model ?? file?.asset.model, order.asset_serial].filter(Boolean).join(' · ')}</span></span></a>
      <a className="button button-quiet" href={`#/scan/${order.id}`}><ScanLine size={18} aria-hidden /> {t('job.scan_check')}</a>
    </section>
  )
}

function Facts({ order }: { order: OrderShape }) {
  const { t, formats } = useWords()
  const { field } = useField()
  // A report by code often says the same thrice.
  const told = [...new Set([order.symptom, order.description])].filter((text) => text && text.trim() !== order.title)
  const asides = field.state.queue.filter((one) => one.state === 'blocked' && field.idOf(one.verb) === order.id)
  return (
    <section className="card head" data-state={order.state}>
      <p className="tags"><State state={order.state} /><Priority priority={order.priority} />{order.is_stopped && <span className="tag" data-tone="bad"><Octagon size={13} aria-hidden /> {t('job.stopped')}</span>}</p>
      {order.state === 'waiting' && order.waiting_reason && <p className="warn">{t(`choice.work.order.waiting_reason.${order.waiting_reason}`)}</p>}
      {order.end_reason && <p className="warn">{order.end_reason}</p>}
      {told.map((text) => <p key={text} className="prose">{text}</p>)}
      <p className="soft">{[order.reporter_name, order.due_at && t('job.due', { time: formats.dateTime(order.due_at) })].filter(Boolean).join(' · ')}</p>
      {asides.length > 0 && <a className="notice-line" href="#/outbox">{t('phone.blocked', { count: asides.length })}</a>}
      {order.remedy && order.state !== 'in_progress' && <p className="quote">{order.remedy}</p>}
      {order.confirmations.map((one) => <p key={one.given_at} className="soft">{t('job.confirmed_by', { name: one.signer_name, time: formats.dateTime(one.given_at) })}</p>)}
      <OtherSteps order={order} />
    </section>
  )
}

const REPORTED = ['completed', 'confirmed', 'closed']
const LANGUAGES = ['zh-CN', 'en']

/** What was done, as a paper for the customer: the server makes it, from what it has been sent. */
function Paper({ order }: { order: OrderShape }) {
  const { t } = useWords()
  const { field } = useField()
  if (!REPORTED.includes(order.state) || !field.state.isOnline || field.isUnsent(order.id)) return null
  return (
    <section className="card">
      <h2><FileDown size={18} aria-hidden /> {t('job.paper')}</h2>
      <div className="grid-2">
        {LANGUAGES.map((language) => <a key={language} lang={language} className="button button-quiet" href={`/api/work/orders/${order.id}/report.pdf?language=${language}`} download>{t(`kit.language.${language}`)}</a>)}
      </div>
    </section>
  )
}

export function OrderPage({ id }: { id: string }) {
  const { t } = useWords()
  const { field } = useField()
  const [error, setError] = useState<unknown>(null)
  const order = field.order(id)

  useEffect(() => {
    setError(null)
    void field.refresh(id).catch(setError)
  }, [field, id])

  if (!order) return <><Top title={t('job.order')} back="" />{error ? <Failed error={error} onRetry={() => { setError(null); void field.refresh(id).catch(setError) }} /> : <Loading />}</>
  return (
    <>
      <Top title={order.title} sub={order.number || t('job.not_sent_yet')} back="" />
      <Facts order={order} />
      <Where order={order} />
      <Machine order={order} />
      <Paper order={order} />
      <Clock order={order} />
      <Checks order={order} />
      <Photos order={order} />
      <Failures order={order} />
      <Talk order={order} />
      <FollowUps order={order} />
      <div className="dock"><BigStep order={order} /></div>
    </>
  )
}
