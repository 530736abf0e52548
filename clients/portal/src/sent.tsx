// After sending: the number, and the link to follow it.
import { useWords } from '@trunnion/kit/words'
import { CircleCheck } from 'lucide-react'

export function Sent({ number, progress_token }: { number: string; progress_token: string }) {
  const { t } = useWords()
  return (
    <section className="sent" role="status">
      <CircleCheck size={44} aria-hidden />
      <h1>{t('portal.sent')}</h1>
      <p className="sent-number">{number}</p>
      <p className="soft">{t('portal.sent_text')}</p>
      <a className="button" href={`/p/${progress_token}`}>{t('portal.follow_progress')}</a>
    </section>
  )
}
