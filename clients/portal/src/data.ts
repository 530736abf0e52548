// What the guest pages read, and how they keep it fresh.
import { Intentions, Problem, type Api } from '@trunnion/kit/api'
import { useCallback, useEffect, useRef, useState } from 'react'

export interface Symptom {
  code: string
  name: string
}

export interface ScanAnswer {
  asset: { name: string; number: string; model: string | null; place: string | null; photo: string | null }
  symptoms: Symptom[]
  manuals: { id: string; name: string; media_type: string; size: number }[]
  open: { number: string; progress_token: string; title: string; state: string; reported_at: string; engineer: string }[]
}

export interface Step {
  key: string
  /** In the language asked for. */
  title: string
  at: string | null
  done: boolean
  current: boolean
}

export interface Checked {
  title: string
  value: string
  result: string
  result_words: string
}

export type GuestVerb = 'message' | 'urge' | 'cancel' | 'confirm' | 'rate' | 'reopen'

export interface Message {
  at: string
  text: string
  is_mine: boolean
  name: string | null
}

export interface Shown {
  id: string
  role: string
  at: string
  media_type: string
  has_thumbnail: boolean
}

/** Where a request is read and acted upon: by a link, or signed in. */
export interface Case {
  /** `service/progress/<token>` or `service/own/requests/<id>` */
  base: string
  /** Where its files lie. */
  files: string
  uploads: string
  /** Under which this phone's files for it are held. */
  group: string
}

export const caseOfLink = (token: string): Case => ({ base: `service/progress/${token}`, files: `/api/service/progress/${token}/files`, uploads: `/api/service/progress/${token}/uploads`, group: token })
export const caseOfOwn = (id: string): Case => ({ base: `service/own/requests/${id}`, files: '/api/attach/files', uploads: '/api/attach/uploads', group: id })

export interface ProgressAnswer {
  number: string
  title: string
  /** Only for whoever reported; others see the title. */
  text: string | null
  role: 'reporter' | 'follower'
  asset: { name: string; number: string; place: string } | null
  steps: Step[]
  actions: GuestVerb[]
  merged_into: string | null
  messages: Message[]
  photos: Shown[]
  /** What is still on its way, from this phone or another. */
  incoming: { id: string; name: string; size: number; received: number }[]
  symptoms: string[]
  urged_at: string | null
  end_reason: string | null
  rating: { stars: number; text: string } | null
  waiting_words: string | null
  engineer: { name: string } | null
  window: { from_at: string; until_at: string | null } | null
  remedy: string | null
  confirmed: { name: string | null; at: string } | null
  /** What was done, as a paper to keep. */
  has_report: boolean
  /** Where the engineer is, on the way and by their own wish. */
  nearby: { lat: string; lon: string; told_at: string; away_m: number | null } | null
  /** What was looked at, once it is to be confirmed. */
  checks: Checked[]
  /** The link for somebody who is to look on only. */
  follow_token: string | null
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

/** One verb of the guest, tried again under the same key until it got through. */
export function useAct(api: Api, base: string, onDone: () => void): (verb: GuestVerb, body: object) => Promise<void> {
  const intentions = useRef(new Intentions())
  return async (verb, body) => {
    await api.act(`${base}/${verb}`, body, intentions.current.keyOf(verb, body))
    intentions.current.done()
    onDone()
  }
}
