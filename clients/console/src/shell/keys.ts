// The keyboard of the console: which keys do what, everywhere outside of text.
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMe } from '../session'
import { navigationOf } from './nav'

export interface Shortcut {
  keys: string[]
  words_key: string
}

/** Letters after G, by address. */
export const GO: Record<string, string> = {
  '/': 'h', '/orders/inbox': 'i', '/orders/board': 'b', '/orders': 'o', '/requests': 'r', '/assets': 'a', '/locations': 'l', '/people': 'p', '/imports': 'm', '/journal': 'j', '/administration/system': 's',
}

/** New things, by letter; each needs its right. */
export const MAKE = [
  { key: 'n', to: '/orders/new', words_key: 'order.new', grant: 'work.order.create' },
  { key: 'c', to: '/requests/new', words_key: 'request.take', grant: 'service.request.create' },
] as const

export const SHORTCUTS: Shortcut[] = [
  { keys: ['Ctrl', 'K'], words_key: 'keys.palette' },
  { keys: ['?'], words_key: 'keys.sheet' },
  { keys: ['/'], words_key: 'keys.search' },
  { keys: ['↑', '↓'], words_key: 'keys.walk' },
  { keys: ['Enter'], words_key: 'keys.open' },
  { keys: ['Esc'], words_key: 'keys.leave' },
]

const IN_TEXT = 'input, textarea, select, [contenteditable], [role=combobox], [role=menu]'
const PATIENCE = 1_200

interface Doors {
  openPalette: () => void
  openSheet: () => void
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]')
  field?.focus()
  return field !== null
}

/** Never inside text, never while a dialog is open: only the palette answers everywhere on the page. */
export function useKeys({ openPalette, openSheet }: Doors): void {
  const navigate = useNavigate()
  const grants = useMe()?.grants

  useEffect(() => {
    let goUntil = 0
    const open = new Set(navigationOf(grants ?? []).flatMap((group) => group.items.map((item) => item.to as string)))

    function actionOf(event: KeyboardEvent): (() => unknown) | undefined {
      const key = event.key.toLowerCase()
      if (goUntil > Date.now()) {
        goUntil = 0
        const to = Object.keys(GO).find((path) => GO[path] === key && open.has(path))
        return to ? () => navigate({ to }) : undefined
      }
      if (key === 'g') return () => { goUntil = Date.now() + PATIENCE }
      if (event.key === '?') return openSheet
      if (event.key === '/') return focusSearch
      const made = MAKE.find((one) => one.key === key && grants?.includes(one.grant))
      return made && (() => navigate({ to: made.to, search: {} }))
    }

    function onKey(event: KeyboardEvent): void {
      const isStill = document.documentElement.classList.contains('is-still')
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!isStill) openPalette()
        return
      }
      const target = event.target as Element | null
      if (isStill || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || target?.closest(IN_TEXT)) return
      const act = actionOf(event)
      if (!act) return
      event.preventDefault()
      void act()
    }

    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [navigate, grants, openPalette, openSheet])
}
