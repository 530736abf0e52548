// Cards that are dragged over the board: listened to once, on the board itself.
import { useCallback, useEffect, useRef, useState } from 'react'

const laneOf = (event: DragEvent): HTMLElement | null => (event.target as Element).closest<HTMLElement>('[data-lane]')

export function useCardDrag(onDrop: (id: string, from: string, to: string) => void) {
  const [dragged, setDragged] = useState<{ id: string; state: string } | null>(null)
  const [element, setElement] = useState<HTMLElement | null>(null)
  const held = useRef<{ id: string; state: string } | null>(null)
  const latest = useRef(onDrop)
  const board = useCallback((node: HTMLElement | null) => setElement(node), [])

  useEffect(() => {
    latest.current = onDrop
  })

  useEffect(() => {
    if (!element) return undefined
    const stop = new AbortController()
    const { signal } = stop

    function start(event: DragEvent): void {
      const card = (event.target as Element).closest<HTMLElement>('[data-id]')
      if (!card) return
      held.current = { id: card.dataset.id!, state: card.dataset.state! }
      event.dataTransfer?.setData('text/plain', card.dataset.order ?? '')
      // The browser takes its picture of the card first.
      setTimeout(() => setDragged(held.current), 0)
    }

    function end(): void {
      held.current = null
      setDragged(null)
    }

    function over(event: DragEvent): void {
      if (held.current && laneOf(event)) event.preventDefault()
    }

    function drop(event: DragEvent): void {
      const lane = laneOf(event)
      const card = held.current
      event.preventDefault()
      end()
      if (lane && card) latest.current(card.id, card.state, lane.dataset.lane!)
    }

    element.addEventListener('dragstart', start, { signal })
    element.addEventListener('dragend', end, { signal })
    element.addEventListener('dragover', over, { signal })
    element.addEventListener('drop', drop, { signal })
    return () => stop.abort()
  }, [element])

  return { dragged: dragged?.state ?? null, draggedId: dragged?.id ?? null, board, element }
}
