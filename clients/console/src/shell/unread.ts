// How many notices wait to be read; the event stream marks the number as stale.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import { useGrant } from '../session'

/** The name under which the event stream knows notices. */
export const NOTICES = 'automation/notices'

export function useUnread(): number {
  const api = useApi()
  const mayRead = useGrant('automation.notice.read')
  const { data } = useQuery({
    queryKey: ['list', NOTICES, 'unread'],
    queryFn: ({ signal }) => api.get<{ unread: number }>(`${NOTICES}/unread`, signal),
    enabled: mayRead,
    refetchInterval: 60_000,
  })
  return data?.unread ?? 0
}
