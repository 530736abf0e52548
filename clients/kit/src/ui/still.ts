// Holds a value as it was while a finger or the mouse is down: what is being pressed must not change under it.
import { useState, useSyncExternalStore } from 'react'

/** A tap's click comes a little after the finger is lifted. */
const AFTER = 80

let isDown = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function hold(next: boolean): void {
  clearTimeout(timer)
  if (isDown === next) return
  isDown = next
  for (const tell of listeners) tell()
}

const press = (): void => hold(true)
/** A click that follows ends it at once, so that its own effects are seen. */
const click = (): void => { timer = setTimeout(() => hold(false), 0) }
const lift = (): void => {
  clearTimeout(timer)
  timer = setTimeout(() => hold(false), AFTER)
}

function subscribe(tell: () => void): () => void {
  if (!listeners.size) {
    document.addEventListener('pointerdown', press, true)
    document.addEventListener('pointerup', lift, true)
    document.addEventListener('pointercancel', lift, true)
    document.addEventListener('dragend', lift, true)
    document.addEventListener('click', click, true)
  }
  listeners.add(tell)
  return () => {
    listeners.delete(tell)
    if (listeners.size) return
    document.removeEventListener('pointerdown', press, true)
    document.removeEventListener('pointerup', lift, true)
    document.removeEventListener('pointercancel', lift, true)
    document.removeEventListener('dragend', lift, true)
    document.removeEventListener('click', click, true)
    hold(false)
  }
}

/** The value; while something is pressed, what it was when the press began. */
export function useStill<T>(value: T): T {
  const isHeld = useSyncExternalStore(subscribe, () => isDown)
  const [shown, setShown] = useState(value)
  if (!isHeld && !Object.is(shown, value)) setShown(value)
  return isHeld ? shown : value
}
