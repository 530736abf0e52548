// After sending: the number, the link to follow it, and what is still on its way.
import { useWords } from '@trunnion/kit/words'
import { CircleCheck } from 'lucide-react'
import { useCarried } from './carrying'
import { Way } from './pick'
import type { SentAnswer } from './report'
import { Share } from './share'

export function Sent({ number, path, group }: SentAnswer) {
  const { t } = useWords()
  const under = useCarried(group).filter((item) => item.isSent && !item.fileId)
  return (
    <section className="sent" role="status">
      <CircleCheck size={44} aria-hidden />
      <h1>{t('portal.sent')}</h1>
      <p className="sent-number">{number}</p>
      <p className="soft">{t('portal.sent_text')}</p>
      {under.length > 0 && (
        <div className="under-way">
          <p className="soft">{t('portal.still_going_up')}</p>
          <ul className="drop-list">{under.map((item) => <Way key={item.key} item={item} />)}</ul>
        </div>
      )}
      <a className="button" href={path}>{t('portal.follow_progress')}</a>
      <Share path={path} number={number} text={t('portal.keep_link')} />
    </section>
  )
}
