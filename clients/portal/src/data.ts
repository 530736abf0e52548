// What the guest pages read, and how they keep it fresh.
import { Problem, type Api } from '@trunnion/kit/api'
import { useCallback, useEffect, useState } from 'react'

export interface ScanAnswer {
  asset: { name: string; number: string; model: string | null; place: string | null; photo: string | null }
  open: { progress_token: string; title: string; state: string; reported_at: string }[]
}

export interface Step {
  key: string
  at: string | null
  done: boolean
  current: boolean
}

export interface ProgressAnswer {
  number: string
  title: string
  state: string
  asset: string | { name: string } | null
  steps: Step[]
  can_confirm: boolean
  waiting_reason?: string | null
  engineer?: string | { name: string } | null
  remedy?: string | null
  confirmed?: { name: string; at: string } | null
}

interface Loaded<T> {
  data: T | null
  error: unknown
  reload: () => void
}

const nothing: Loaded<never> = { data: null, error: null, reload: () => undefined }

/** Asks again every `every` milliseconds while the page is seen; what was last known stays on a broken line. */
export function useAnswer<T>(api: Api, path: string, every?: number): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>(nothing)
  const load = useCallback(async () => {
    try {
      const data = await api.get<T>(path)
      setState((old) => ({ ...old, data, error: null }))
    } catch (error) {
      const isFinal = error instanceof Problem && error.status < 500
      setState((old) => (old.data && !isFinal ? { ...old, error } : { ...old, data: null, error }))
    }
  }, [api, path])

  useEffect(() => {
    void load()
    if (!every) return undefined
    const timer = setInterval(() => { if (document.visibilityState === 'visible') void load() }, every)
    return () => clearInterval(timer)
  }, [load, every])

  return { ...state, reload: () => void load() }
}

export const named = (value: string | { name: string } | null | undefined): string =>
  typeof value === 'object' && value !== null ? value.name : (value ?? '')
