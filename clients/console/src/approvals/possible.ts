// The verbs for which approval can be asked; only who may read the rules is told.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import { useGrant } from '../session'

export function usePossible(): string[] {
  const api = useApi()
  const may = useGrant('identity.approval_rule.read')
  return useQuery({ queryKey: ['approvable'], queryFn: () => api.get<{ verbs: string[] }>('identity/approval_rules/verbs'), enabled: may, staleTime: Infinity }).data?.verbs ?? []
}
