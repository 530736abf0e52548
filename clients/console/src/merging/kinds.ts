// What can turn out to be one thing, and how such records are found, named and opened.
import type { Row } from '@trunnion/kit/api'
import type { ReferenceSpec } from '@trunnion/kit/ui'
import { assetReference, modelReference } from '../assets/references'
import { itemReference, partyReference } from '../references'

export type MergeKey = 'assets' | 'parties' | 'items' | 'models'

export interface MergeKind {
  key: MergeKey
  kind: string
  path: string
  /** Where the likely pairs are read. */
  pairs: string
  reference: ReferenceSpec
  grant: string
  read: string
  name: (row: Row) => string
  /** What tells two namesakes apart. */
  hints: string[]
  /** Facts that go together: who takes one takes the others. */
  groups: string[][]
}

export const MERGES: Record<MergeKey, MergeKind> = {
  assets: {
    key: 'assets', kind: 'assets.asset', path: 'assets/assets', pairs: 'assets/assets/duplicate_pairs', reference: assetReference, grant: 'assets.asset.merge', read: 'assets.asset.read',
    name: (row) => String(row.name), hints: ['number', 'serial', 'tag', 'barcode', 'model', 'location'], groups: [['price', 'currency'], ['warranty_from_on', 'warranty_until_on']],
  },
  parties: {
    key: 'parties', kind: 'parties.party', path: 'parties/parties', pairs: 'parties/parties/duplicates', reference: partyReference, grant: 'parties.party.merge', read: 'parties.party.read',
    name: (row) => String(row.name), hints: ['number', 'tax_id', 'phone', 'email'], groups: [],
  },
  items: {
    key: 'items', kind: 'catalog.item', path: 'catalog/items', pairs: 'catalog/items/duplicates', reference: { ...itemReference, filter: () => ({ field: 'is_model', op: 'eq', value: false }) }, grant: 'catalog.item.merge', read: 'catalog.item.read',
    name: (row) => String(row.name), hints: ['code', 'specification', 'unit'], groups: [],
  },
  models: {
    key: 'models', kind: 'catalog.model', path: 'catalog/models', pairs: 'catalog/models/duplicates', reference: modelReference, grant: 'catalog.model.merge', read: 'catalog.model.read',
    name: (row) => String(row.name), hints: ['code', 'model_number', 'manufacturer_name', 'manufacturer'], groups: [['replacement_cost', 'replacement_currency']],
  },
}

export const isMergeKey = (value: unknown): value is MergeKey => typeof value === 'string' && value in MERGES

export const hintOf = (merge: MergeKind, row: Row): string => [...new Set(merge.hints.map((key) => row[key]).filter((value) => typeof value === 'string' && value))].join(' · ')

/** The facts that a choice takes along. */
export const groupOf = (merge: MergeKind, field: string): string[] => merge.groups.find((group) => group.includes(field)) ?? [field]
