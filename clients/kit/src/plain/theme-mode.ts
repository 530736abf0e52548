// Light or dark, plain or strong contrast: a stored choice, else what the system asks for.
import { useEffect, useState } from 'react'

export type ThemeMode = 'light' | 'dark'
export type ThemeChoice = ThemeMode | 'system'
export type ContrastChoice = 'more' | 'normal' | 'system'

const STORED = 'trunnion.theme'
const STORED_CONTRAST = 'trunnion.contrast'
const DARK = '(prefers-color-scheme: dark)'
const CONTRAST = '(prefers-contrast: more)'

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function storedContrast(): ContrastChoice {
  const stored = localStorage.getItem(STORED_CONTRAST)
  return stored === 'more' || stored === 'normal' ? stored : 'system'
}

/** Whether the system asks for it, now and later. */
function useAsked(question: string): boolean {
  const [isAsked, setAsked] = useState(() => matchMedia(question).matches)
  useEffect(() => {
    const media = matchMedia(question)
    const follow = (): void => setAsked(media.matches)
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [question])
  return isAsked
}

export interface Look {
  mode: ThemeMode
  choice: ThemeChoice
  choose: (choice: ThemeChoice) => void
  isContrast: boolean
  contrast: ContrastChoice
  chooseContrast: (choice: ContrastChoice) => void
}

export function useThemeMode(): Look {
  const [choice, setChoice] = useState(storedChoice)
  const [contrast, setContrast] = useState(storedContrast)
  const isSystemDark = useAsked(DARK)
  const isSystemContrast = useAsked(CONTRAST)

  const mode: ThemeMode = choice === 'system' ? (isSystemDark ? 'dark' : 'light') : choice
  const isContrast = contrast === 'system' ? isSystemContrast : contrast === 'more'
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.theme = mode
    if (isContrast) dataset.contrast = 'more'
    else delete dataset.contrast
  }, [mode, isContrast])

  return {
    mode,
    choice,
    choose: (next) => {
      localStorage.setItem(STORED, next)
      setChoice(next)
    },
    isContrast,
    contrast,
    chooseContrast: (next) => {
      localStorage.setItem(STORED_CONTRAST, next)
      setContrast(next)
    },
  }
}
