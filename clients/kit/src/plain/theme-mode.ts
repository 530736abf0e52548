// Light or dark: a stored choice, else what the system asks for.
import { useEffect, useState } from 'react'

export type ThemeMode = 'light' | 'dark'
export type ThemeChoice = ThemeMode | 'system'

const STORED = 'trunnion.theme'
const query = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function useThemeMode(): { mode: ThemeMode; choice: ThemeChoice; choose: (choice: ThemeChoice) => void } {
  const [choice, setChoice] = useState(storedChoice)
  const [isSystemDark, setSystemDark] = useState(() => query().matches)

  useEffect(() => {
    const media = query()
    const follow = (): void => setSystemDark(media.matches)
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [])

  const mode: ThemeMode = choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice
  useEffect(() => {
    document.documentElement.dataset.theme = mode
  }, [mode])

  return {
    mode,
    choice,
    choose: (next) => {
      localStorage.setItem(STORED, next)
      setChoice(next)
    },
  }
}
