// How assets, places and models are chosen in forms.
import type { Row } from '@trunnion/kit/api'
import type { ReferenceSpec } from '@trunnion/kit/ui'

const joined = (...parts: unknown[]): string => [...new Set(parts.filter(Boolean))].join(' · ')

export const assetReference: ReferenceSpec = {
  listing: 'assets/assets',
  label: (row: Row) => String(row.name),
  hint: (row: Row) => joined(row.number, row.site, row.location),
  sort: 'name',
}

export const locationReference: ReferenceSpec = {
  listing: 'assets/locations',
  label: (row: Row) => String(row.name),
  hint: (row: Row) => joined(row.site === row.name ? null : row.site, row.parent, row.code),
  sort: 'name',
}

export const modelReference: ReferenceSpec = {
  listing: 'catalog/models',
  label: (row: Row) => String(row.name),
  hint: (row: Row) => joined(row.manufacturer_name, row.model_number),
  sort: 'name',
}
