// Keeps the screen true: every event of the server marks what it touches as stale.
import { useQueryClient } from '@tanstack/react-query'
import { openStream, pathOf, type StreamEvent } from '@trunnion/kit/api'
import { CUSTOM_MARKS } from '@trunnion/kit/ui'
import { useEffect, useState } from 'react'

/** Events come in bursts (an import, a bulk edit): lists are fetched again once per pause, not once per event. */
const PAUSE = 400
const FIELD = 'attach.custom_field'

export function useLive(): boolean {
  const queries = useQueryClient()
  const [isLive, setLive] = useState(true)

  useEffect(() => {
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined

    function flush(): void {
      timer = undefined
      const marks = new Set(stale)
      stale.clear()
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.some((part) => typeof part === 'string' && marks.has(part)) })
    }

    function onEvent({ data }: StreamEvent): void {
      if (typeof data.subject_id === 'string') stale.add(data.subject_id)
      if (typeof data.subject_kind === 'string') stale.add(pathOf(data.subject_kind))
      // A field of one's own is a column of lists and an input of forms at once.
      if (data.subject_kind === FIELD) for (const mark of CUSTOM_MARKS) stale.add(mark)
      timer ??= setTimeout(flush, PAUSE)
    }

    const close = openStream({ path: '/api/events', onEvent, onState: setLive })
    return () => {
      close()
      clearTimeout(timer)
    }
  }, [queries])

  return isLive
}
