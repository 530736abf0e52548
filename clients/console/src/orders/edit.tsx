// The plain facts of an order that the desk puts right.
import type { FieldSpec } from '@trunnion/kit/ui'
import { assetReference, locationReference } from '../assets/references'
import { EditRecord } from '../records/edit'
import { partyReference, teamReference } from '../references'
import { ORDER, type Order } from './data'
import { choices } from './verbs'

export const ORDER_KINDS = ['corrective', 'preventive', 'predictive', 'inspection', 'installation', 'calibration', 'modification', 'move', 'decommission', 'cleaning', 'meter_round']
export const PRIORITIES = ['low', 'normal', 'high', 'urgent']
const field = (key: string): string => `field.${ORDER}.${key}`

export const ORDER_FIELDS: FieldSpec[] = [
  { key: 'title', type: 'text', words_key: field('title'), isRequired: true, autoFocus: true },
  { key: 'description', type: 'longtext', words_key: field('description') },
  { key: 'priority', type: 'choice', words_key: field('priority'), choices: choices(PRIORITIES, `choice.${ORDER}.priority`), isRequired: true },
  { key: 'kind', type: 'choice', words_key: field('kind'), choices: choices(ORDER_KINDS, `choice.${ORDER}.kind`), isRequired: true, isHalf: true },
  { key: 'due_at', type: 'datetime', words_key: field('due_at'), isHalf: true },
  { key: 'asset_id', type: 'reference', words_key: field('asset_id'), reference: assetReference },
  { key: 'location_id', type: 'reference', words_key: field('location_id'), reference: locationReference, isHalf: true },
  { key: 'customer_id', type: 'reference', words_key: field('customer_id'), reference: partyReference, isHalf: true },
  { key: 'team_id', type: 'reference', words_key: field('team_id'), reference: teamReference, isHalf: true },
]

export function EditOrder({ order, onClose }: { order: Order; onClose: () => void }) {
  return <EditRecord kind={ORDER} record={order} fields={ORDER_FIELDS} onClose={onClose} />
}
