// The app's state for the screens, the address in it, and the sheet that slides in.
import { problemWords } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { ArrowLeft, X } from 'lucide-react'
import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import type { Intent, Verb } from '@trunnion/kit/offline'
import type { Field, FieldState } from '../work/field'

const Context = createContext<Field | null>(null)
export const FieldProvider = ({ field, children }: { field: Field; children: ReactNode }) => <Context value={field}>{children}</Context>

/** The state makes the screen look again whenever anything that is kept has changed. */
export function useField(): { field: Field; state: FieldState } {
  const field = useContext(Context)
  if (!field) throw new Error('no FieldProvider above')
  const state = useSyncExternalStore(field.subscribe, () => field.state)
  return { field, state }
}

export const go = (path: string): void => { location.hash = `#/${path}` }

function partsOfAddress(): string[] {
  return location.hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent)
}

export function useAddress(): string[] {
  const [parts, setParts] = useState(partsOfAddress)
  useEffect(() => {
    const follow = (): void => { setParts(partsOfAddress()); scrollTo(0, 0) }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return parts
}

/** Keeps verbs, and says so when the phone could not keep them: then the form stays as it is. */
export function useAct(): { act: (...intents: Intent[]) => Promise<Verb[] | null>; fault: string | null } {
  const { field } = useField()
  const { t, words } = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const act = useCallback(async (...intents: Intent[]) => {
    setFault(null)
    try {
      return await field.act(...intents)
    } catch (error) {
      const isFull = error instanceof Error && /quota/i.test(`${error.name} ${error.message}`)
      setFault(isFull ? t('phone.full') : problemWords(words, error))
      return null
    }
  }, [field, t, words])
  return { act, fault }
}

export function Fault({ text }: { text: string | null }) {
  return text ? <p className="fault" role="alert">{text}</p> : null
}

export function Top({ title, sub, back }: { title: ReactNode; sub?: ReactNode; back?: string }) {
  const { t } = useWords()
  return (
    <header className="top">
      {back !== undefined && <button type="button" className="icon-button" aria-label={t('kit.back')} onClick={() => go(back)}><ArrowLeft size={22} /></button>}
      <div className="top-text">
        {sub && <p className="over">{sub}</p>}
        <h1>{title}</h1>
      </div>
    </header>
  )
}

export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className="sheet" aria-label={title} onCancel={(event) => { event.preventDefault(); onClose() }}>
      <div className="sheet-head">
        <h2>{title}</h2>
        <button type="button" className="icon-button" aria-label={t('kit.close')} onClick={onClose}><X size={22} /></button>
      </div>
      <div className="sheet-body">{children}</div>
    </dialog>
  )
}
