// Progress like a parcel, for whoever holds the link, and for signed-in customers.
import type { Api } from '@trunnion/kit/api'
import { Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { wayTo } from '@trunnion/kit/maps'
import { useWords } from '@trunnion/kit/words'
import { CloudOff, FileDown, HardHat, MapPin, RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { Cancel, Rate, Reopen } from './actions'
import { useCarried } from './carrying'
import { Confirm } from './confirm'
import { useAct, useAnswer, type Case, type ProgressAnswer } from './data'
import { Way } from './pick'
import { Share } from './share'
import { Shots } from './shots'
import { Talk } from './talk'

const EVERY = 1_500

function Headline({ answer }: { answer: ProgressAnswer }) {
  const { t, formats } = useWords()
  const current = answer.steps.find((step) => step.current) ?? answer.steps.filter((step) => step.done).at(-1)
  return (
    <section className="headline">
      <p className="soft">{answer.number}</p>
      <h1>{current?.title ?? answer.title}</h1>
      {current?.at && <p className="soft">{formats.dateTime(current.at)}</p>}
      {answer.waiting_words && <p className="waiting">{t('portal.waiting_for', { reason: answer.waiting_words })}</p>}
      {answer.window && <p>{t('portal.window', { from: formats.dateTime(answer.window.from_at), until: answer.window.until_at ? formats.dateTime(answer.window.until_at) : '' })}</p>}
      {answer.engineer && <p className="engineer"><HardHat size={16} aria-hidden /> {t('portal.engineer', { name: answer.engineer.name })}</p>}
      {answer.nearby && <Nearby nearby={answer.nearby} />}
      {answer.merged_into && <p>{t('portal.merged_into', { number: answer.merged_into })}</p>}
      {answer.end_reason && <p>{answer.end_reason}</p>}
    </section>
  )
}

/** How far it still is, and how old that is; gone as soon as the engineer is there. */
function Nearby({ nearby }: { nearby: NonNullable<ProgressAnswer['nearby']> }) {
  const { t, formats, language } = useWords()
  const point = { lat: Number(nearby.lat), lon: Number(nearby.lon) }
  const far = nearby.away_m === null ? '' : nearby.away_m < 1_000 ? t('portal.metres', { metres: formats.number(nearby.away_m) }) : t('portal.kilometres', { kilometres: formats.number(Math.round(nearby.away_m / 100) / 10) })
  return (
    <p className="nearby" role="status">
      <MapPin size={18} aria-hidden />
      <span>{far ? t('portal.away', { far }) : t('portal.on_the_way')} <span className="soft">{t('portal.position_of', { time: formats.ago(nearby.told_at) })}</span></span>
      <a href={wayTo(language === 'en' ? 'google' : 'amap', point, t('portal.engineer_here'))} target="_blank" rel="noreferrer">{t('portal.on_map')}</a>
    </p>
  )
}

/** What is still going up: from this phone with its own progress, from another one as the server knows it. */
function UnderWay({ incoming, group }: { incoming: ProgressAnswer['incoming']; group: string }) {
  const { t, formats } = useWords()
  const mine = useCarried(group).filter((item) => !item.fileId)
  const others = incoming.filter(({ id }) => !mine.some((item) => item.uploadId === id))
  if (!mine.length && !others.length) return null
  return (
    <section className="card under-way">
      <h2>{t('portal.going_up')}</h2>
      {mine.length > 0 && <ul className="drop-list">{mine.map((item) => <Way key={item.key} item={item} />)}</ul>}
      {others.map((one) => <p key={one.id} className="soft"><RefreshCw size={14} aria-hidden /> {t('portal.coming', { name: one.name, share: formats.percent(one.received / one.size) })}</p>)}
      {mine.length > 0 && <p className="soft">{t('portal.keep_open')}</p>}
    </section>
  )
}

function Course({ answer, of }: { answer: ProgressAnswer; of: Case }) {
  const { t, formats, language } = useWords()
  return (
    <section className="card">
      <p className="card-title">{answer.text || answer.title}</p>
      {answer.symptoms.length > 0 && <p className="tags">{answer.symptoms.map((name) => <span key={name}>{name}</span>)}</p>}
      {answer.asset && <p className="soft">{[answer.asset.name, answer.asset.place].filter(Boolean).join(' · ')}</p>}
      {answer.photos.length > 0 && <Shots files={of.files} shots={answer.photos} />}
      {answer.has_report && <a className="button button-quiet paper" href={`/api/${of.base}/report.pdf?language=${language}`} download><span className="with-icon"><FileDown size={18} aria-hidden /> {t('portal.paper')}</span></a>}
      <Timeline
        label={t('portal.progress')}
        steps={answer.steps.map((step) => ({
          key: step.key,
          title: step.title,
          meta: step.at ? formats.dateTime(step.at) : undefined,
          body: step.key === 'repaired' && answer.remedy ? answer.remedy : step.key === 'confirmed' && answer.confirmed?.name ? answer.confirmed.name : undefined,
          isNote: step.key === 'repaired',
          tone: step.current ? 'current' : step.done ? 'done' : 'open',
        }))}
      />
    </section>
  )
}

export function Progress({ api, of }: { api: Api; of: Case }) {
  const { t, language } = useWords()
  const { data, error, reload } = useAnswer<ProgressAnswer>(api, `${of.base}?language=${language}`, EVERY)
  const act = useAct(api, of.base, reload)
  const number = data?.number

  useEffect(() => {
    if (number) document.title = number
  }, [number])

  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />
  const may = (verb: ProgressAnswer['actions'][number]): boolean => data.actions.includes(verb)
  return (
    <div className="followed">
      <div className="column">
        {Boolean(error) && <p className="stale" role="status"><CloudOff size={14} aria-hidden /> {t('portal.stale')}</p>}
        <Headline answer={data} />
        <UnderWay incoming={data.incoming} group={of.group} />
        {may('confirm') && <Confirm act={act} remedy={data.remedy ?? ''} checks={data.checks} shots={data.photos} files={of.files} />}
        {may('rate') && !may('confirm') && <Rate act={act} rating={data.rating} />}
        <Course answer={data} of={of} />
      </div>
      <div className="column">
        {data.role === 'reporter' && <Talk of={of} answer={data} act={act} />}
        {data.follow_token && <Share path={`/p/${data.follow_token}`} number={data.number} text={t('portal.share')} />}
        {may('reopen') && <Reopen act={act} />}
        {may('cancel') && <Cancel act={act} />}
      </div>
    </div>
  )
}
