// What a store's form asks.
import type { FieldSpec } from '@trunnion/kit/ui'
import { locationReference } from '../assets/references'
import { choices } from '../orders/verbs'
import { engineerReference, partyReference } from '../references'

const KINDS = ['central', 'site', 'van', 'consignment', 'line_side']
const field = (key: string, type: FieldSpec['type'], more: Partial<FieldSpec> = {}): FieldSpec => ({ key, type, words_key: `field.inventory.store.${key}`, ...more })

/** The code is chosen once: labels bear it. */
export const storeFields = (isNew: boolean): FieldSpec[] => [
  ...(isNew ? [field('code', 'text', { isRequired: true, isHalf: true, autoFocus: true })] : []),
  field('name', 'text', { isRequired: true, isHalf: isNew, autoFocus: !isNew }),
  field('kind', 'choice', { isRequired: true, choices: choices(KINDS, 'choice.inventory.store.kind') }),
  field('resource_id', 'reference', { reference: engineerReference, isHalf: true }),
  field('location_id', 'reference', { reference: locationReference, isHalf: true }),
  field('party_id', 'reference', { reference: partyReference, when: (values) => values.kind === 'consignment' }),
  field('address', 'text'),
  field('lat', 'number', { isHalf: true, min: -90, max: 90 }),
  field('lon', 'number', { isHalf: true, min: -180, max: 180 }),
]
