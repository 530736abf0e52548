// While something lies over the page, the page rests and takes no keys; afterwards the focus is where it was.
import { useEffect, useState } from 'react'

export function useVeil(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    const page = document.getElementById('root')
    page?.setAttribute('inert', '')
    document.documentElement.classList.add('is-still')
    return () => {
      page?.removeAttribute('inert')
      document.documentElement.classList.remove('is-still')
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [before])
}
