// A dialog over the page. Hand-made because the library's own locks scrolling by a style that our content policy refuses.
import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '../words'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  foot: ReactNode
}

/** The page behind takes neither focus nor clicks; pop-ups of fields hang on the body and stay usable. */
function useStillPage(): void {
  useEffect(() => {
    const page = document.getElementById('root')
    const before = document.activeElement
    page?.setAttribute('inert', '')
    document.documentElement.classList.add('is-still')
    return () => {
      page?.removeAttribute('inert')
      document.documentElement.classList.remove('is-still')
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
}

export function Dialog({ title, onClose, children, foot }: DialogProps) {
  const { t } = useWords()
  const heading = useId()
  const box = useRef<HTMLDivElement>(null)
  useStillPage()

  useEffect(() => {
    // An open list of a field inside takes the key for itself and stops it.
    const leave = (event: KeyboardEvent): void => { if (event.key === 'Escape' && !event.defaultPrevented) onClose() }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [onClose])

  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select, button, [tabindex="0"])')
    ;(first ?? box.current)?.focus()
  }, [])

  return createPortal(
    <div className="dialog-veil">
      <div
        ref={box}
        className="dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        tabIndex={-1}
      >
        <header className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" aria-label={t('kit.close')} onClick={onClose}><X size={18} /></button>
        </header>
        <div className="dialog-body">{children}</div>
        <footer className="dialog-foot">{foot}</footer>
      </div>
    </div>,
    document.body,
  )
}
