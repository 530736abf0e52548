// Where members, roles and labour resources are read, and what a role is called.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '@trunnion/kit/api'
import { useApi, useRows, type FieldSpec, type ReferenceSpec, type Step } from '@trunnion/kit/ui'
import type { Words } from '@trunnion/kit/words'
import { locationReference } from '../assets/references'
import { partyReference, teamReference } from '../references'

export const MEMBERS = 'identity/members'
export const ROLES = 'identity/roles'
export const INVITATIONS = 'identity/invitations'
export const RESOURCES = 'workforce/labour_resources'

export interface Rate {
  id: string
  amount: string
  currency: string
  from_on: string
  craft: string
}

export interface Resource {
  id: string
  version: number
  name: string
  kind: string
  code: string
  phone: string
  user_id: string | null
  is_active: boolean
  /** Absent for those who may not see rates. */
  rates: Rate[] | null
  actions: string[]
}

/** A role of one's own has a name; a shipped one has words. */
export const roleName = (row: Row | Role, words: Words): string => (words.has(`role.${String(row.key)}`) ? words.t(`role.${String(row.key)}`) : String(row.name || row.key))

export const rolesField = (words: Words): FieldSpec => ({
  key: 'roles',
  type: 'reference',
  words_key: 'field.identity.membership.roles',
  isRequired: true,
  isMultiple: true,
  reference: { listing: ROLES, label: (row) => roleName(row, words), value: 'key', isShort: true },
})

export const rateField: FieldSpec = { key: 'amount', type: 'number', words_key: 'field.workforce.rate.amount', min: 0, max: 1_000_000, isHalf: true }
export const phoneField: FieldSpec = { key: 'phone', type: 'text', words_key: 'field.workforce.labour_resource.phone', isHalf: true }

export const rateStep = (resourceId: string, amount: unknown, fromOn: unknown): Step => ({
  path: 'workforce/rates/set',
  args: { resource_id: resourceId, amount: String(amount), from_on: fromOn },
})

export type ScopeKind = 'location' | 'team' | 'customer'

export interface ScopeLine {
  by: ScopeKind
  target_id: string
}

export const SCOPES: { by: ScopeKind; reference: ReferenceSpec }[] = [
  { by: 'location', reference: locationReference },
  { by: 'team', reference: teamReference },
  { by: 'customer', reference: partyReference },
]

export interface Role {
  id: string
  version: number
  key: string
  name: string
  is_shipped: boolean
  grants: string[]
  holders: number
  needs_factor: boolean
}

export function useRole(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', ROLES, id], queryFn: () => api.get<Role>(`${ROLES}/${id}`) })
}

/** The labour resource that a login stands for: null where there is none, undefined while it is not known. */
export function useResourceOf(userId: string | undefined): Resource | null | undefined {
  const api = useApi()
  const rows = useRows(RESOURCES, { filter: { field: 'user_id', op: 'eq', value: userId }, limit: 1 }, userId !== undefined)
  const id = rows.data?.rows[0]?.id
  const found = useQuery({ queryKey: ['detail', RESOURCES, id], queryFn: () => api.detail<Resource>('workforce.labour_resource', id!), enabled: id !== undefined })
  if (rows.data && !id) return null
  return id ? found.data : undefined
}
