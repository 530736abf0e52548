// Makes a printed blank code the label of an asset: scan it with a hand scanner or type what stands under it.
import { DraftDialog, ReferenceSelect, useApi, useSending, useToasts } from '@trunnion/kit/ui'
import { Problem } from '@trunnion/kit/api'
import { useQueryClient } from '@tanstack/react-query'
import { useWords } from '@trunnion/kit/words'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { assetReference } from '../assets/references'

const KIND = 'assets.qr'
const HAS_LABEL = 'assets.has_code'

interface BindProps {
  /** The asset on whose page one stands; chosen here where absent. */
  asset?: { id: string; name: string }
  onClose: () => void
}

export default function BindCode({ asset, onClose }: BindProps) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [hasLabel, setHasLabel] = useState(false)
  const refresh = (): Promise<void> => queries.invalidateQueries({ predicate: ({ queryKey }) => ['list', 'detail'].includes(String(queryKey[0])) })
  const sending = useSending({
    initial: { code: '', asset_id: asset?.id, replaces: false },
    send: async (draft, keyOf) => {
      const args = { ...draft, code: draft.code.trim() }
      try {
        await api.act('assets/qr/bind', args, keyOf(args))
      } catch (error) {
        if (error instanceof Problem && error.code === HAS_LABEL) setHasLabel(true)
        throw error
      }
      await refresh()
      toasts.undoable(t('kit.verb_done', { verb: t(`verb.${KIND}.bind`) }), async () => {
        try {
          await api.act('assets/qr/unbind', { asset_id: draft.asset_id })
        } finally {
          await refresh()
        }
      })
    },
    onClose,
  })
  const { draft, set, form } = sending
  return (
    <DraftDialog title={t(`verb.${KIND}.bind`)} label={t('labels.bind')} kind={KIND} sending={sending} isReady={draft.code.trim() !== '' && draft.asset_id !== undefined}>
      <p className="dialog-intro">{asset ? t('labels.bind_intro', { name: asset.name }) : t('labels.bind_any_intro')}</p>
      <label htmlFor={`${form}-code`}>{t('labels.blank_code')}</label>
      <Input id={`${form}-code`} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={500} value={draft.code} onChange={(event) => set({ code: event.target.value })} />
      {!asset && <><span className="label-like">{t('kind.assets.asset')}</span><ReferenceSelect label={t('kind.assets.asset')} spec={assetReference} value={draft.asset_id} onChange={(asset_id) => set({ asset_id })} /></>}
      {hasLabel && <Checkbox checked={draft.replaces} onChange={(event) => set({ replaces: event.target.checked })}>{t('labels.replaces')}</Checkbox>}
    </DraftDialog>
  )
}
