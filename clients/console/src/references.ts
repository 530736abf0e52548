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

export const classReference: ReferenceSpec = {
  listing: 'catalog/equipment_classes',
  label: (row: Row, language) => String((language === 'zh-CN' ? row.name_zh : row.name_en) ?? row.code),
  hint: (row: Row) => String(row.code ?? ''),
  isShort: true,
}

export const memberReference: ReferenceSpec = { ...named('identity/members'), hint: (row) => String(row.email ?? '') }

export const positionReference: ReferenceSpec = { listing: 'assets/positions', label: (row: Row) => [row.code, row.name].filter(Boolean).join(' '), hint: (row: Row) => String(row.location ?? ''), sort: 'code' }

export const itemReference: ReferenceSpec = { ...named('catalog/items'), hint: (row) => [row.code, row.specification].filter(Boolean).join(' · ') }

export const storeReference: ReferenceSpec = { listing: 'inventory/stores', label: (row: Row) => [row.code, row.name].filter(Boolean).join(' '), sort: 'name', filter: () => ({ field: 'is_active', op: 'eq', value: true }) }

/** The bins of one store; of the store that a form names, where none is given. */
export const binReference = (storeId?: string): ReferenceSpec => ({
  listing: 'inventory/bins',
  label: (row: Row) => [row.code, row.name].filter(Boolean).join(' '),
  sort: 'code',
  filter: (values) => ({ field: 'store_id', op: 'eq', value: storeId ?? String(values.store_id ?? '00000000-0000-0000-0000-000000000000') }),
})

export const references: References = {
  asset: assetReference,
  parent: assetReference,
  'parties.party.parent': partyReference,
  'assets.position.parent': positionReference,
  manufacturer: partyReference,
  warranty_parts_by: partyReference,
  warranty_labour_by: partyReference,
  location: locationReference,
  model: modelReference,
  position: positionReference,
  engineer: engineerReference,
  resource: engineerReference,
  team: teamReference,
  customer: partyReference,
  party: partyReference,
  owner_party: partyReference,
  user_party: partyReference,
  supplier_party: partyReference,
  receiver_party: partyReference,
  issuer_party: partyReference,
  item: itemReference,
  equipment_class: classReference,
  'assets.asset': assetReference,
  'assets.location': locationReference,
  'assets.position': positionReference,
  'catalog.equipment_class': classReference,
  'catalog.item': itemReference,
  'inventory.store': storeReference,
  'catalog.model': modelReference,
  'identity.membership': memberReference,
  'parties.contact': named('parties/contacts'),
  'parties.party': partyReference,
  'parties.site': named('parties/sites'),
  'work.order': { listing: 'work/orders', label: (row) => String(row.title), hint: (row) => String(row.number ?? ''), sort: '-number' },
  'workforce.labour_resource': engineerReference,
  'workforce.team': teamReference,
}
