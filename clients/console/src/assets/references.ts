// How assets, places and models are chosen in forms.
import type { Row } from '@trunnion/kit/api'
import type { ReferenceSpec } from '@trunnion/kit/ui'

const text = (value: unknown): string =>
  typeof value === 'object' && value !== null ? String((value as { name?: string }).name ?? '') : String(value ?? '')

export const assetReference: ReferenceSpec = {
  listing: 'assets/assets',
  label: (row: Row) => text(row.name),
  hint: (row: Row) => [text(row.number), text(row.location)].filter(Boolean).join(' · '),
  sort: 'name',
}

export const locationReference: ReferenceSpec = {
  listing: 'assets/locations',
  label: (row: Row) => text(row.name),
  hint: (row: Row) => text(row.path ?? row.code),
  sort: 'name',
}

export const modelReference: ReferenceSpec = {
  listing: 'catalog/models',
  label: (row: Row) => text(row.name),
  hint: (row: Row) => [text(row.manufacturer), text(row.model_number)].filter(Boolean).join(' · '),
  sort: 'name',
}
