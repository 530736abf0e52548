// What the life-cycle verbs of an asset ask for.
import type { FieldSpec, VerbSpec } from '@trunnion/kit/ui'
import { locationReference } from './references'

const remark: FieldSpec = { key: 'remark', type: 'longtext', words_key: 'field.assets.asset.remark' }
const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: 'field.assets.asset.reason', isRequired: true, autoFocus: true }
const place: FieldSpec = { key: 'location_id', type: 'reference', words_key: 'field.assets.asset.location', isRequired: true, reference: locationReference }

const DISPOSALS = ['scrapped', 'sold', 'auctioned', 'recycled', 'returned']

export const assetVerbs: Record<string, VerbSpec> = {
  put_in_service: { rank: 1 },
  receive: { rank: 1, fields: [remark] },
  accept: { rank: 1, fields: [remark] },
  order: { rank: 2, fields: [remark] },
  store: { fields: [{ ...place, isRequired: false }, remark] },
  install: { rank: 1, fields: [place, remark] },
  move: { rank: 3, fields: [place, remark] },
  stand_by: { fields: [remark] },
  idle: { fields: [remark] },
  take_out_of_order: { fields: [reason] },
  repair: { fields: [remark] },
  decommission: { fields: [reason], isDanger: true },
  dispose: {
    isDanger: true,
    fields: [
      { key: 'way', type: 'choice', words_key: 'field.assets.asset.disposal_way', isRequired: true, choices: DISPOSALS.map((value) => ({ value, words_key: `choice.assets.asset.disposal_way.${value}` })) },
      reason,
    ],
  },
}
