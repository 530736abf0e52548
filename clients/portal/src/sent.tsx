// After sending: the number, the link to follow it, and what is still on its way.
import { useWords } from '@trunnion/kit/words'
import { CircleCheck, Share2 } from 'lucide-react'
import { useState } from 'react'
import { useCarried } from './carrying'
import { Way } from './pick'
import type { SentAnswer } from './report'

function Share({ path, number }: { path: string; number: string }) {
  const { t } = useWords()
  const [isCopied, setCopied] = useState(false)
  async function share(): Promise<void> {
    const url = new URL(path, location.origin).href
    try {
      if (navigator.share) await navigator.share({ title: number, url })
      else {
        await navigator.clipboard.writeText(url)
        setCopied(true)
      }
    } catch {
      // Whoever closes the share sheet has changed their mind.
    }
  }
  return <button type="button" className="link-button" onClick={() => void share()}><Share2 size={16} aria-hidden /> {t(isCopied ? 'portal.link_copied' : 'portal.keep_link')}</button>
}

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
      <Share path={path} number={number} />
    </section>
  )
}
