// Chooses one of a few by typing a letter or two: arrows, Enter, Escape; nothing else is needed.
import { useWords } from '@trunnion/kit/words'
import { Search } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { useVeil } from '../shell/veil'

export interface Choice {
  key: string
  label: string
  hint?: string
}

interface PickerProps {
  title: string
  placeholder: string
  choices: Choice[]
  /** The choices do not fit what was typed yet: Enter waits for them. */
  isLoading?: boolean
  onTyped: (typed: string) => void
  onPick: (key: string) => void
  onClose: () => void
}

export function Picker({ title, placeholder, choices, isLoading, onTyped, onPick, onClose }: PickerProps) {
  const { t } = useWords()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [isPending, setPending] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const current = Math.min(at, choices.length - 1)

  useVeil()

  useEffect(() => {
    // Some browsers answer a promise, which is no clean-up.
    void list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })

  const pick = useEffectEvent((): void => {
    const chosen = choices[current]
    setPending(false)
    if (chosen) onPick(chosen.key)
  })
  useEffect(() => {
    if (isPending && !isLoading) pick()
  }, [isPending, isLoading])

  function onKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter') setPending(true)
    else if (event.key in steps) setAt(Math.max(0, Math.min(choices.length - 1, current + steps[event.key]!)))
    else return
    event.preventDefault()
  }

  function type(text: string): void {
    setTyped(text)
    setAt(0)
    setPending(false)
    onTyped(text)
  }

  return createPortal(
    <div className="palette-veil">
      <button type="button" className="palette-away" tabIndex={-1} aria-label={t('kit.close')} onClick={onClose} />
      <div className="palette picker" role="dialog" aria-modal="true" aria-label={title}>
        <p className="picker-title">{title}</p>
        <div className="palette-field">
          <Search size={17} aria-hidden />
          <input autoFocus role="combobox" aria-expanded aria-controls={`${id}list`} aria-activedescendant={current >= 0 ? `${id}${current}` : undefined} aria-label={title} placeholder={placeholder} value={typed} onChange={(event) => type(event.target.value)} onKeyDown={onKey} />
          <kbd>Esc</kbd>
        </div>
        <div className="palette-list" id={`${id}list`} role="listbox" aria-label={title} aria-busy={isLoading} ref={list}>
          {choices.map((choice, index) => (
            <button type="button" key={choice.key} id={`${id}${index}`} role="option" tabIndex={-1} aria-selected={index === current} className="palette-entry" onMouseMove={() => { if (index !== current) setAt(index) }} onClick={() => onPick(choice.key)}>
              <span className="palette-label">{choice.label}</span>{choice.hint && <span className="palette-hint">{choice.hint}</span>}
            </button>
          ))}
          {choices.length === 0 && <p className="palette-none" role="status">{t(isLoading ? 'kit.loading' : 'kit.nothing_matches')}</p>}
        </div>
      </div>
    </div>,
    document.body,
  )
}

/** Everything is here already: what begins with the letters comes first. */
export function PickOne({ choices, ...rest }: Omit<PickerProps, 'onTyped' | 'isLoading'>) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const found = choices.filter((one) => `${one.label} ${one.hint ?? ''}`.toLowerCase().includes(wanted))
  const first = (one: Choice): number => (one.label.toLowerCase().startsWith(wanted) ? 0 : 1)
  return <Picker {...rest} choices={found.toSorted((a, b) => first(a) - first(b))} onTyped={setTyped} />
}
