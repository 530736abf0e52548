// Progress like a parcel, for whoever holds the link.
import type { Api } from '@trunnion/kit/api'
import { Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { CloudOff, HardHat } from 'lucide-react'
import { useEffect } from 'react'
import { Cancel, Rate, Reopen } from './actions'
import { Confirm } from './confirm'
import { useAct, useAnswer, type ProgressAnswer } from './data'
import { Talk } from './talk'

const EVERY = 2_000

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
      {answer.merged_into && <p>{t('portal.merged_into', { number: answer.merged_into })}</p>}
      {answer.end_reason && <p>{answer.end_reason}</p>}
    </section>
  )
}

function Photos({ token, photos }: { token: string; photos: ProgressAnswer['photos'] }) {
  const { t } = useWords()
  const address = (id: string): string => `/api/service/progress/${token}/files/${id}`
  return (
    <ul className="photos">
      {photos.map((one) => (
        <li key={one.id}>
          <a href={address(one.id)} target="_blank" rel="noreferrer"><img src={`${address(one.id)}/thumbnail`} alt={t(one.role === 'after' ? 'portal.photo_after' : 'portal.photo')} loading="lazy" /></a>
        </li>
      ))}
    </ul>
  )
}

function Course({ answer, token }: { answer: ProgressAnswer; token: string }) {
  const { t, formats } = useWords()
  return (
    <section className="card">
      <p className="card-title">{answer.text ?? answer.title}</p>
      {answer.asset && <p className="soft">{[answer.asset.name, answer.asset.place].filter(Boolean).join(' · ')}</p>}
      {answer.photos.length > 0 && <Photos token={token} photos={answer.photos} />}
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

export function Progress({ api, token }: { api: Api; token: string }) {
  const { t, language } = useWords()
  const { data, error, reload } = useAnswer<ProgressAnswer>(api, `service/progress/${token}?language=${language}`, EVERY)
  const act = useAct(api, token, reload)
  const number = data?.number

  useEffect(() => {
    if (number) document.title = number
  }, [number])

  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />
  const may = (verb: ProgressAnswer['actions'][number]): boolean => data.actions.includes(verb)
  return (
    <>
      {Boolean(error) && <p className="stale" role="status"><CloudOff size={14} aria-hidden /> {t('portal.stale')}</p>}
      <Headline answer={data} />
      {may('confirm') && <Confirm act={act} remedy={data.remedy ?? ''} />}
      {may('rate') && !may('confirm') && <Rate act={act} rating={data.rating} />}
      <Course answer={data} token={token} />
      {data.role === 'reporter' && <Talk api={api} token={token} answer={data} act={act} />}
      {may('reopen') && <Reopen act={act} />}
      {may('cancel') && <Cancel act={act} />}
    </>
  )
}
