// What somebody has chosen but not sent yet: kept in this browser, so that neither a reload nor leaving loses it.
import { useCallback, useRef, useState } from 'react'
import type { Mapping } from './mapping'

export type Step = 'sheet' | 'columns' | 'check'

export interface Draft {
  step?: Step
  mapping?: Mapping
}

const NAME = 'trunnion.import.'
const MOST = 20

function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(NAME + key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

/** Ids grow with time: when there are many drafts, the oldest go. */
function tidy(): void {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(NAME)).sort()
  for (const key of keys.slice(0, -MOST)) localStorage.removeItem(key)
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(NAME + key)
    else localStorage.setItem(NAME + key, JSON.stringify(value))
    tidy()
  } catch {
    // A full or forbidden store: the draft lives as long as the page.
  }
}

export function useDraft(id: string): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft>(() => read<Draft>(id) ?? {})
  const current = useRef(draft)
  // Written at once: the page may have turned to something else before it is drawn again.
  const change = useCallback((next: Partial<Draft>) => {
    current.current = { ...current.current, ...next }
    write(id, current.current)
    setDraft(current.current)
  }, [id])
  return [draft, change]
}

const PASTED = 'pasted'

export const keptPaste = (): string => read<string>(PASTED) ?? ''
export const keepPaste = (text: string): void => write(PASTED, text || undefined)
