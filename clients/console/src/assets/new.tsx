// A new asset, with the few facts that it cannot do without.
import { useNavigate } from '@tanstack/react-router'
import { Intentions } from '@trunnion/kit/api'
import { FormDialog, packed, useApi, useCustomFields, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useRef, useState } from 'react'
import { ASSET } from './data'
import { locationReference, modelReference } from './references'

const fields: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: 'field.assets.asset.name', isRequired: true, autoFocus: true },
  { key: 'location_id', type: 'reference', words_key: 'field.assets.asset.location_id', reference: locationReference },
  { key: 'model_id', type: 'reference', words_key: 'field.assets.asset.model_id', reference: modelReference },
  { key: 'serial', type: 'text', words_key: 'field.assets.asset.serial', isHalf: true },
  { key: 'tag', type: 'text', words_key: 'field.assets.asset.tag', isHalf: true },
]

export function NewAsset({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const navigate = useNavigate()
  const intentions = useRef(new Intentions())
  const [typed, setTyped] = useState<Values>({})
  const own = useCustomFields(ASSET, typed.model_id)
  return (
    <FormDialog
      kind={ASSET}
      title={t('asset.new')}
      fields={[...fields, ...own]}
      onValues={setTyped}
      draft="assets.asset.create"
      onClose={onClose}
      onSubmit={async (values) => {
        const made = await api.create(ASSET, packed(values), intentions.current.keyOf(values))
        await navigate({ to: '/assets/$id', params: { id: made.id } })
      }}
    />
  )
}
