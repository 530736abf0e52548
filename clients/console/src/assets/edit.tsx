// Editing the plain facts of an asset.
import { useQueryClient } from '@tanstack/react-query'
import { FormDialog, useApi, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { choices } from '../orders/verbs'
import { partyReference } from '../references'
import { ASSET, type Asset } from './data'
import { modelReference } from './references'

const FIELDS: FieldSpec[] = [
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

/** Blank texts are said as such: an edit may take a fact away. */
function changed(asset: Asset, values: Record<string, unknown>): Record<string, unknown> {
  const before = asset as unknown as Record<string, unknown>
  const facts: Record<string, unknown> = {}
  for (const { key, type } of FIELDS) {
    const now = values[key] ?? (type === 'text' || type === 'longtext' ? '' : null)
    if (now !== (before[key] ?? null) && !(now === null && !before[key])) facts[key] = now
  }
  return facts
}

export function EditAsset({ asset }: { asset: Asset }) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const before = asset as unknown as Record<string, unknown>
  const initial = Object.fromEntries(FIELDS.map(({ key }) => [key, before[key] || undefined]))
  return (
    <>
      <Button type="text" icon={<Pencil size={14} />} onClick={() => setOpen(true)}>{t('people.edit')}</Button>
      {isOpen && (
        <FormDialog
          kind={ASSET}
          title={t('verb.assets.asset.edit')}
          fields={FIELDS}
          initial={initial}
          onClose={() => setOpen(false)}
          onSubmit={async (values) => {
            await api.edit(ASSET, asset.id, asset.version, changed(asset, values))
            await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(asset.id) })
          }}
        />
      )}
    </>
  )
}
