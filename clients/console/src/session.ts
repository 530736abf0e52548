// Who is signed in, and what they may do.
import { useQuery, type QueryClient } from '@tanstack/react-query'
import { Problem, type Api, type Me } from '@trunnion/kit/api'
import { ownDrafts, useApi } from '@trunnion/kit/ui'

const options = (api: Api) => ({
  queryKey: ['me'],
  queryFn: () => api.get<Me>('identity/me'),
  staleTime: 5 * 60_000,
  retry: false,
})

export function useMe(): Me | undefined {
  return useQuery(options(useApi())).data
}

/** True when the grants hold this verb, or the owner's grant of everything. */
export function useGrant(verb: string): boolean {
  const grants = useMe()?.grants ?? []
  const [room] = verb.split('.')
  return grants.includes(verb) || grants.includes('*') || grants.includes(`${room}.*`)
}

/** Null when nobody is signed in; other faults are the caller's. */
export async function fetchMe(api: Api, queries: QueryClient): Promise<Me | null> {
  try {
    const me = await queries.ensureQueryData(options(api))
    ownDrafts(me.user.id)
    return me
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null
    throw error
  }
}
