// Passing a link on: by the phone's own sheet where it has one, else by copying.
import { useWords } from '@trunnion/kit/words'
import { Share2 } from 'lucide-react'
import { useState } from 'react'

export function Share({ path, number, text }: { path: string; number: string; text: string }) {
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
  return <button type="button" className="link-button" onClick={() => void share()}><Share2 size={16} aria-hidden /> {isCopied ? t('portal.link_copied') : text}</button>
}
