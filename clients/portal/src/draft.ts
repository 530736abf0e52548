// What somebody has begun to report: it survives a closed page, and so does the wish to send it.
import { uuid7 } from '@trunnion/kit/api'
import { useEffect, useState } from 'react'

export interface Draft {
  text: string
  symptoms: string[]
  isStopped: boolean | null
  name: string
  phone: string
  /** The same report keeps its key: sent twice it is one. */
  key: string
  /** It was sent, and nobody has answered yet. */
  isPending: boolean
}

const blank = (): Draft => ({ text: '', symptoms: [], isStopped: null, name: '', phone: '', key: uuid7(), isPending: false })

function readDraft(key: string): Draft {
  try {
    return { ...blank(), ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Draft>) }
  } catch {
    return blank()
  }
}

export function useDraft(group: string): [Draft, (part: Partial<Draft>) => void, () => void] {
  const key = `trunnion.draft.${group}`
  const [draft, setDraft] = useState(() => readDraft(key))
  useEffect(() => localStorage.setItem(key, JSON.stringify(draft)), [key, draft])
  return [draft, (part) => setDraft((old) => ({ ...old, ...part })), () => localStorage.removeItem(key)]
}
