// A hand scanner that types: a burst of keys that ends with Enter, wherever the focus is, unless somebody writes.
import { useEffect, useRef } from 'react'

const BURST_MS = 60
const SHORTEST = 4

const isWriting = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

export function useWedge(onText: (text: string) => void): void {
  const report = useRef(onText)
  useEffect(() => { report.current = onText }, [onText])
  useEffect(() => {
    let text = ''
    let last = 0
    const listen = (event: KeyboardEvent): void => {
      if (isWriting(event.target)) return
      if (event.timeStamp - last > BURST_MS) text = ''
      last = event.timeStamp
      if (event.key === 'Enter' && text.length >= SHORTEST) {
        event.preventDefault()
        report.current(text)
        text = ''
      } else if (event.key.length === 1) text += event.key
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
