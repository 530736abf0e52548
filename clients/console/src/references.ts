// How records are chosen in forms that are drawn from the contract, by the stem of the argument.
import type { Row } from '@trunnion/kit/api'
import type { ReferenceSpec, References } from '@trunnion/kit/ui'
import { assetReference, locationReference, modelReference } from './assets/references'

export const partyReference: ReferenceSpec = { listing: 'parties/parties', label: (row: Row) => String(row.name), hint: (row: Row) => String(row.number ?? ''), sort: 'name' }

const named = (listing: string): ReferenceSpec => ({ listing, label: (row: Row) => String(row.name ?? row.code ?? ''), sort: 'name' })

export const engineerReference: ReferenceSpec = {
  ...named('workforce/labour_resources'),
  hint: (row) => [row.party, row.phone].filter(Boolean).join(' · '),
  filter: () => ({ field: 'is_active', op: 'eq', value: true }),
}

export const teamReference: ReferenceSpec = named('workforce/teams')

export const references: References = {
  asset: assetReference,
  parent: assetReference,
  location: locationReference,
  model: modelReference,
  position: named('assets/positions'),
  engineer: engineerReference,
  resource: engineerReference,
  team: teamReference,
  customer: partyReference,
  party: partyReference,
  owner_party: partyReference,
  user_party: partyReference,
}
