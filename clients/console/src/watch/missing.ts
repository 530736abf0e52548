// Equipment without a certificate that its class needs.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'

interface Missing {
  asset_id: string
  number: string
  name: string
  state: string
  kind_id: string
  kind: string
  blocks_use: boolean
}

export function useMissing() {
  const api = useApi()
  return useQuery({ queryKey: ['list', 'assets/certificates', 'missing'], queryFn: ({ signal }) => api.get<{ rows: Missing[] }>('assets/certificates/missing', signal) })
}
