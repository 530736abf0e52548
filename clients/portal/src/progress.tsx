// Progress like a parcel, for whoever holds the link.
import type { Api } from '@trunnion/kit/api'
import { Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { CloudOff } from 'lucide-react'
import { useEffect } from 'react'
import { Confirm } from './confirm'
import { named, useAnswer, type ProgressAnswer } from './data'

const EVERY = 2_000

function Headline({ answer }: { answer: ProgressAnswer }) {
  const { t, words, formats } = useWords()
  const current = answer.steps.find((step) => step.current) ?? answer.steps.filter((step) => step.done).at(-1)
  const engineer = named(answer.engineer)
  return (
    <section className="headline">
      <p className="soft">{answer.number}</p>
      <h1>{current ? words.first([`portal.step.${current.key}`, current.key]) : answer.title}</h1>
      {current?.at && <p className="soft">{formats.dateTime(current.at)}</p>}
      {answer.waiting_reason && <p className="waiting">{t('portal.waiting_for', { reason: words.first([`portal.wait.${answer.waiting_reason}`, answer.waiting_reason]) })}</p>}
      {engineer && <p>{t('portal.engineer', { name: engineer })}</p>}
    </section>
  )
}

export function Progress({ api, token }: { api: Api; token: string }) {
  const { t, words, formats } = useWords()
  const { data, error, reload } = useAnswer<ProgressAnswer>(api, `service/progress/${token}`, EVERY)
  const number = data?.number

  useEffect(() => {
    if (number) document.title = number
  }, [number])

  if (error && !data) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />
  return (
    <>
      {Boolean(error) && <p className="stale" role="status"><CloudOff size={14} aria-hidden /> {t('portal.stale')}</p>}
      <Headline answer={data} />
      {data.can_confirm && <Confirm api={api} token={token} remedy={data.remedy ?? ''} onDone={reload} />}
      <section className="card">
        <p className="card-title">{data.title}</p>
        <p className="soft">{named(data.asset)}</p>
        <Timeline
          label={t('portal.progress')}
          steps={data.steps.map((step) => ({
            key: step.key,
            title: words.first([`portal.step.${step.key}`, step.key]),
            meta: step.at ? formats.dateTime(step.at) : undefined,
            tone: step.current ? 'current' : step.done ? 'done' : 'open',
          }))}
        />
      </section>
    </>
  )
}
