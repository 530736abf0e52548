// Short news at the edge of the screen: what was done, what was refused, with one thing to do about it.
import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { createPortal } from 'react-dom'
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react'
import { uuid7 } from '../api/ids'
import { problemWords } from '../api/problem'
import { useWords } from '../words'
import { UndoStack } from './undo'

interface Toast {
  key: string
  tone: 'good' | 'bad'
  text: string
  action?: ReactNode
}

export interface Toasts {
  /** What asks for an action stays until it is taken or closed, unless it is an offer for a while. Answers how to take it away. */
  good: (text: string, action?: ReactNode, isOffer?: boolean) => () => void
  bad: (text: string) => void
  /** Says what was done and offers to take it back, by a button for a while and by Ctrl+Z as long as the page stays. */
  undoable: (text: string, run: () => Promise<void>) => void
  /** Takes back what was done last on this page; false where there is nothing. */
  undoLast: () => boolean
  /** Somebody else sits down. */
  forget: () => void
}

const Context = createContext<Toasts | null>(null)
const STAYS = { good: 4_000, bad: 9_000 }
const OFFER_STAYS = 12_000
const MOST = 3
const here = (): string => globalThis.location.pathname

export function useToasts(): Toasts {
  const toasts = useContext(Context)
  if (!toasts) throw new Error('no ToastProvider above')
  return toasts
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t, words } = useWords()
  const [shown, setShown] = useState<Toast[]>([])
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const [stack] = useState(() => new UndoStack())

  const drop = useCallback((key: string) => {
    clearTimeout(timers.current.get(key))
    timers.current.delete(key)
    setShown((now) => now.filter((one) => one.key !== key))
  }, [])

  const toasts = useMemo<Toasts>(() => {
    function show(toast: Omit<Toast, 'key'>, isOffer = false, key = uuid7()): () => void {
      setShown((now) => [...now.slice(1 - MOST), { ...toast, key }])
      if (!toast.action || isOffer) timers.current.set(key, setTimeout(() => drop(key), toast.action ? OFFER_STAYS : STAYS[toast.tone]))
      return () => drop(key)
    }

    async function back(key: string, run: () => Promise<void>): Promise<void> {
      stack.drop(key)
      drop(key)
      try {
        await run()
        show({ tone: 'good', text: t('kit.undone') })
      } catch (error) {
        show({ tone: 'bad', text: problemWords(words, error) })
      }
    }

    return {
      good: (text, action, isOffer) => show({ tone: 'good', text, action }, isOffer),
      bad: (text) => void show({ tone: 'bad', text }),
      undoable: (text, run) => {
        const key = uuid7()
        stack.push({ key, place: here(), run })
        show({ tone: 'good', text, action: <button type="button" className="toast-undo" onClick={() => void back(key, run)}>{t('kit.undo')}</button> }, true, key)
      },
      undoLast: () => {
        const last = stack.take(here())
        if (last) void back(last.key, last.run)
        return last !== undefined
      },
      forget: () => stack.clear(),
    }
  }, [drop, stack, t, words])

  return (
    <Context value={toasts}>
      {children}
      {createPortal(<div className="toasts" role="status" aria-live="polite">
        {shown.map((one) => (
          <div key={one.key} className="toast" data-tone={one.tone}>
            {one.tone === 'good' ? <CircleCheck size={17} aria-hidden /> : <TriangleAlert size={17} aria-hidden />}
            <span className="toast-text">{one.text}</span>
            {one.action}
            <button type="button" className="icon-button" aria-label={t('kit.close')} onClick={() => drop(one.key)}><X size={15} /></button>
          </div>
        ))}
      </div>, document.body)}
    </Context>
  )
}
