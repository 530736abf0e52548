// Takes a merge back and says what was changed since and stayed as it is.
import { useQueryClient } from '@tanstack/react-query'
import { pathOf, uuid7 } from '@trunnion/kit/api'
import { useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'

interface Unmerged {
  restored: number
  kept: unknown[]
}

export function useUnmerge(kind: string) {
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { t } = useWords()
  return async (gone: string, stays: string): Promise<void> => {
    const done = (await api.act(`${pathOf(kind)}/${gone}/unmerge`, {}, uuid7())) as unknown as Unmerged
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(gone) || queryKey.includes(stays) })
    toasts.good(done.kept.length ? t('merge.undone_but', { count: done.kept.length }) : t('merge.undone'))
  }
}
