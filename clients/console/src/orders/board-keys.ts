// The keyboard of the board: arrows from card to card, one key to give or to move the card that one stands on.
import { useCallback, useEffect, useRef, type KeyboardEvent } from 'react'

const AFTER_G = 1_200

const linkOf = (card: Element | null | undefined): HTMLElement | null | undefined => card?.querySelector<HTMLElement>('.card-title a')
const cardsOf = (lane: Element): Element[] => [...lane.querySelectorAll('.card')]

function stand(card: Element | null | undefined): void {
  linkOf(card)?.focus({ preventScroll: true })
  card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** The card that an arrow leads to; beside it the one at the same height, in the next column that has any. */
export function neighbour(board: Element, card: Element, key: string): Element | undefined {
  const lane = card.closest('[data-lane]')
  if (!lane) return undefined
  const own = cardsOf(lane)
  const at = own.indexOf(card)
  if (key === 'ArrowDown') return own[at + 1]
  if (key === 'ArrowUp') return own[at - 1]
  if (key === 'Home') return own[0]
  if (key === 'End') return own.at(-1)
  const lanes = [...board.querySelectorAll('[data-lane]')].filter((one) => one === lane || one.querySelector('.card'))
  const next = lanes[lanes.indexOf(lane) + (key === 'ArrowRight' ? 1 : -1)]
  const there = next ? cardsOf(next) : []
  return there[Math.min(at, there.length - 1)]
}

const WALK = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End'])

interface BoardKeys {
  board: Element | null
  onGive: (id: string) => void
  onMove: (id: string) => void
}

export function useBoardKeys({ board, onGive, onMove }: BoardKeys) {
  const place = useRef<{ lane: string; at: number } | null>(null)
  const g = useRef(0)

  const open = useCallback((card: HTMLElement, act: (id: string) => void): void => {
    const lane = card.closest<HTMLElement>('[data-lane]')
    place.current = lane && { lane: lane.dataset.lane!, at: cardsOf(lane).indexOf(card) }
    act(card.dataset.id!)
  }, [])

  // From anywhere on the page the first arrow leads onto the board.
  useEffect(() => {
    if (!board) return undefined
    function enter(event: globalThis.KeyboardEvent): void {
      const target = event.target as Element
      if (event.key !== 'ArrowDown' || event.defaultPrevented || (target !== document.body && target.id !== 'main')) return
      event.preventDefault()
      stand(board!.querySelector('.card'))
    }
    document.addEventListener('keydown', enter)
    return () => document.removeEventListener('keydown', enter)
  }, [board])

  function onKeyDown(event: KeyboardEvent): void {
    const card = (event.target as Element).closest<HTMLElement>('.card')
    if (!card || !board || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
    if (WALK.has(event.key)) {
      event.preventDefault()
      stand(neighbour(board, card, event.key))
      return
    }
    const key = event.key.toLowerCase()
    const isAfterG = Date.now() - g.current < AFTER_G
    g.current = key === 'g' ? Date.now() : 0
    // G and a letter lead to another page.
    const act = isAfterG ? undefined : key === 'a' ? onGive : key === 'm' ? onMove : undefined
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    open(card, act)
  }

  /** Whose card has gone to another column stands on the one that came into its place. */
  const settle = useCallback((): void => {
    const last = place.current
    if (!last || !board || document.activeElement !== document.body) return
    const lane = board.querySelector(`[data-lane="${CSS.escape(last.lane)}"]`)
    const there = lane ? cardsOf(lane) : []
    stand(there[Math.min(last.at, there.length - 1)] ?? board.querySelector('.card'))
  }, [board])

  return { onKeyDown, open, settle }
}
