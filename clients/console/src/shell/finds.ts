// What the palette looks through on the server: one search of each listing that the person may read.
import { useQueries } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import { useEffect, useState } from 'react'

export interface Find {
  listing: string
  kind: string
  grants: string[]
  label: (row: Row) => string
  hint: (row: Row) => string
  to: (row: Row) => { to: string; params?: object; search?: object }
}

const joined = (...parts: unknown[]): string => [...new Set(parts.filter(Boolean))].join(' · ')
const listed = (listing: string) => (row: Row) => ({ to: `/lists/${listing}`, search: { search: String(row.name ?? row.number ?? '') } })

export const FINDS: Find[] = [
  { listing: 'work/orders', kind: 'work.order', grants: ['work.order.read', 'work.order.read_own', 'work.order.read_customer'], label: (row) => String(row.title), hint: (row) => joined(row.number, row.asset_name, row.place), to: (row) => ({ to: '/orders/$id', params: { id: row.id } }) },
  { listing: 'assets/assets', kind: 'assets.asset', grants: ['assets.asset.read', 'assets.asset.read_customer'], label: (row) => String(row.name), hint: (row) => joined(row.number, row.serial, row.location), to: (row) => ({ to: '/assets/$id', params: { id: row.id } }) },
  { listing: 'assets/locations', kind: 'assets.location', grants: ['assets.location.read'], label: (row) => String(row.name), hint: (row) => joined(row.site, row.parent), to: (row) => ({ to: '/locations', search: { at: row.id } }) },
  { listing: 'service/requests', kind: 'service.request', grants: ['service.request.read'], label: (row) => String(row.title), hint: (row) => joined(row.number, row.asset, row.reporter), to: (row) => ({ to: '/requests/$id', params: { id: row.id } }) },
  { listing: 'parties/parties', kind: 'parties.party', grants: ['parties.party.read'], label: (row) => String(row.name), hint: (row) => joined(row.number), to: listed('parties/parties') },
  { listing: 'catalog/models', kind: 'catalog.model', grants: ['catalog.model.read'], label: (row) => String(row.name), hint: (row) => joined(row.manufacturer_name, row.model_number), to: listed('catalog/models') },
  { listing: 'catalog/items', kind: 'catalog.item', grants: ['catalog.item.read'], label: (row) => String(row.name), hint: (row) => joined(row.code, row.specification), to: (row) => ({ to: '/items/$id', params: { id: row.id } }) },
  { listing: 'identity/members', kind: 'identity.membership', grants: ['identity.membership.read'], label: (row) => String(row.name), hint: (row) => joined(row.email), to: (row) => ({ to: '/people/$id', params: { id: row.id } }) },
]

const SETTLE = 80

export function useFinds(typed: string, grants: string[]) {
  const api = useApi()
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), SETTLE)
    return () => clearTimeout(timer)
  }, [typed])
  const open = FINDS.filter((find) => find.grants.some((grant) => grants.includes(grant)))
  const answers = useQueries({
    queries: open.map((find) => ({
      queryKey: ['find', find.listing, text],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.list(find.listing, { search: text, limit: 5 }, signal),
      enabled: text.length > 0,
      staleTime: 30_000,
    })),
  })
  const found = text && text === typed.trim() ? open.map((find, index) => ({ find, rows: answers[index]!.data?.rows ?? [] })) : []
  return { found: found.filter((one) => one.rows.length > 0), isSearching: text !== typed.trim() || answers.some((one) => one.isLoading) }
}
