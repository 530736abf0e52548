// A field for a scanner that types, and for fingers: what was scanned is looked up at Enter, and the next can follow.
import { problemWords } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { Input } from 'antd'
import { ScanLine } from 'lucide-react'
import { useState } from 'react'
import { useScan, type Found } from './data'

interface ScanFieldProps {
  /** Answers what is wrong with what was found, or nothing. */
  onFound: (found: Found[], text: string) => Promise<string | undefined> | string | undefined
  label: string
  autoFocus?: boolean
}

export function ScanField({ onFound, label, autoFocus }: ScanFieldProps) {
  const { t, words } = useWords()
  const scan = useScan()
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  async function look(asked: string): Promise<void> {
    setText('')
    try {
      const found = await scan(asked)
      setFault((await onFound(found, asked)) ?? (found.length ? '' : t('stock.scan_unknown', { text: asked })))
    } catch (error) {
      setFault(problemWords(words, error))
    }
  }
  return (
    <div className="scan">
      <Input
        allowClear
        prefix={<ScanLine size={15} aria-hidden />}
        aria-label={label}
        placeholder={label}
        autoFocus={autoFocus}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={(event) => {
          // The form around it is sent by its own button, not by a scanner's Enter.
          event.preventDefault()
          if (text.trim()) void look(text.trim())
        }}
      />
      {fault && <p className="scan-fault" role="alert">{fault}</p>}
    </div>
  )
}
