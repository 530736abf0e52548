// Editing the plain facts of an asset.
import type { FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { choices } from '../orders/verbs'
import { EditRecord } from '../records/edit'
import { partyReference } from '../references'
import { ASSET, type Asset } from './data'
import { modelReference } from './references'

export const ASSET_FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: 'field.assets.asset.name', isRequired: true },
  { key: 'model_id', type: 'reference', words_key: 'field.assets.asset.model_id', reference: modelReference },
  { key: 'serial', type: 'text', words_key: 'field.assets.asset.serial', isHalf: true },
  { key: 'tag', type: 'text', words_key: 'field.assets.asset.tag', isHalf: true },
  { key: 'barcode', type: 'text', words_key: 'field.assets.asset.barcode', isHalf: true },
  { key: 'owner_party_id', type: 'reference', words_key: 'field.assets.asset.owner_party_id', reference: partyReference, isHalf: true },
  { key: 'criticality', type: 'choice', words_key: 'field.assets.asset.criticality', choices: choices(['a', 'b', 'c'], `choice.${ASSET}.criticality`) },
  { key: 'installed_on', type: 'date', words_key: 'field.assets.asset.installed_on', isHalf: true },
  { key: 'warranty_until_on', type: 'date', words_key: 'field.assets.asset.warranty_until_on', isHalf: true },
  { key: 'description', type: 'longtext', words_key: 'field.assets.asset.description' },
]

export function EditAsset({ asset }: { asset: Asset }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button type="text" icon={<Pencil size={14} />} onClick={() => setOpen(true)}>{t('people.edit')}</Button>
      {isOpen && <EditRecord kind={ASSET} record={asset} fields={ASSET_FIELDS} onClose={() => setOpen(false)} />}
    </>
  )
}
