// The keyboard of the console: which keys do what, everywhere outside of text.
import { useNavigate } from '@tanstack/react-router'
import { useToasts } from '@trunnion/kit/ui'
import { useEffect } from 'react'
import { useMe } from '../session'
import { CHANGED, makeLetter, placeLetters, readChoice } from './key-choice'
import { MAKE } from './key-table'
import { navigationOf } from './nav'

const IN_TEXT = 'input, textarea, select, [contenteditable], [role=combobox], [role=menu]'
const PATIENCE = 1_200

interface Doors {
  openPalette: () => void
  openSheet: () => void
  openHelp: () => void
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]')
  field?.focus()
  return field !== null
}

/** Never inside text, never while a dialog is open: only the palette answers everywhere on the page. */
export function useKeys({ openPalette, openSheet, openHelp }: Doors): void {
  const navigate = useNavigate()
  const grants = useMe()?.grants
  const { undoLast } = useToasts()

  useEffect(() => {
    let goUntil = 0
    let choice = readChoice()
    const reread = (): void => { choice = readChoice() }
    const open = new Set(navigationOf(grants ?? []).flatMap((group) => group.items.map((item) => item.to as string)))

    function actionOf(event: KeyboardEvent): (() => unknown) | undefined {
      const key = event.key.toLowerCase()
      if (goUntil > Date.now()) {
        goUntil = 0
        const to = Object.entries(placeLetters(choice)).find(([path, letter]) => letter === key && open.has(path))?.[0]
        return to ? () => navigate({ to }) : undefined
      }
      if (key === 'g') return () => { goUntil = Date.now() + PATIENCE }
      if (event.key === '?') return openSheet
      if (event.key === '/') return focusSearch
      const made = MAKE.find((one) => makeLetter(choice, one.to) === key && grants?.includes(one.grant))
      return made && (() => navigate({ to: made.to, search: {} }))
    }

    function onKey(event: KeyboardEvent): void {
      const isStill = document.documentElement.classList.contains('is-still')
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!isStill) openPalette()
        return
      }
      if (event.key === 'F1') {
        event.preventDefault()
        if (!isStill) openHelp()
        return
      }
      const target = event.target as Element | null
      if (isStill || event.altKey || event.isComposing || target?.closest(IN_TEXT)) return
      // Inside text Ctrl+Z only edits text.
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z') {
        if (undoLast()) event.preventDefault()
        return
      }
      if (event.ctrlKey || event.metaKey || (choice.isOff && event.key !== '?')) return
      const act = actionOf(event)
      if (!act) return
      event.preventDefault()
      void act()
    }

    document.addEventListener('keydown', onKey)
    globalThis.addEventListener(CHANGED, reread)
    return () => {
      document.removeEventListener('keydown', onKey)
      globalThis.removeEventListener(CHANGED, reread)
    }
  }, [navigate, grants, openPalette, openSheet, openHelp, undoLast])
}
