// Moving a place in the tree, with the way back.
import { useQueryClient } from '@tanstack/react-query'
import { problemWords, uuid7 } from '@trunnion/kit/api'
import { useApi, useToasts, type CustomValue } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import type { Entry } from '../records/history'
import { LOCATIONS } from './data'

export const LOCATION = 'assets.location'

export interface PlaceFacts {
  id: string
  version: number
  kind: string
  name: string
  code: string
  description: string
  parent_id: string | null
  place: string
  path: string
  zone: string
  effective_zone: string
  merged_into_id: string | null
  zones: { group_id: string; name: string }[]
  positions: number
  assets: number
  custom?: CustomValue[]
  actions: string[]
  merged: { id: string; name: string; merged_at: string }[]
  history: Entry[]
}

interface Movable {
  id: string
  name: string
  parent_id?: unknown
}

/** Everything that stands in a place goes along, so lists of assets are stale as well. */
export function useMovePlace() {
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { t, words } = useWords()

  async function put(id: string, parent: string | null): Promise<void> {
    await api.verb(LOCATION, id, 'move', { parent_id: parent }, { key: uuid7() })
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(LOCATIONS) })
  }

  return async (place: Movable, parent: string | null): Promise<void> => {
    const before = (place.parent_id as string | null | undefined) ?? null
    if (before === parent) return
    await put(place.id, parent)
    const undo = (): void => {
      drop()
      put(place.id, before).then(() => toasts.good(t('kit.undone'))).catch((error: unknown) => toasts.bad(problemWords(words, error, LOCATION)))
    }
    const drop = toasts.good(t('location.moved', { name: place.name }), <Button size="small" onClick={undo}>{t('kit.undo')}</Button>, true)
  }
}
