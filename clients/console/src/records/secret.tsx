// Something that is shown this once: to be marked or copied.
import { useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Copy } from 'lucide-react'
import { useRef } from 'react'

export function Secret({ value, label, copied }: { value: string; label: string; copied: string }) {
  const { t } = useWords()
  const toasts = useToasts()
  const field = useRef<HTMLInputElement>(null)

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value)
      toasts.good(copied)
    } catch {
      // Without a secure connection there is no clipboard: the text is marked, for Ctrl+C.
      field.current?.select()
      toasts.bad(t('tokens.copy_by_hand'))
    }
  }

  return (
    <div className="secret">
      <input ref={field} readOnly value={value} aria-label={label} onFocus={(event) => event.target.select()} />
      <Button icon={<Copy size={15} />} onClick={() => void copy()}>{t('tokens.copy')}</Button>
    </div>
  )
}
