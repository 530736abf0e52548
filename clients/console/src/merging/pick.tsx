// Chooses the two records that are to be merged; the next page compares them.
import { useNavigate } from '@tanstack/react-router'
import { Dialog, ReferenceSelect } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState } from 'react'
import { MERGES, type MergeKey } from './kinds'

interface PickProps {
  kind: MergeKey
  /** The record on whose page one stands; absent where both are chosen. */
  id?: string
  onClose: () => void
}

export default function PickOther({ kind, id, onClose }: PickProps) {
  const { t } = useWords()
  const navigate = useNavigate()
  const { reference } = MERGES[kind]
  const [gone, setGone] = useState<string | undefined>(id)
  const [stays, setStays] = useState<string>()
  const isReady = gone !== undefined && stays !== undefined && gone !== stays
  const go = (): void => {
    onClose()
    void navigate({ to: '/duplicates/$kind/$id/$into', params: { kind, id: gone!, into: stays! } })
  }
  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" disabled={!isReady} onClick={go}>{t('merge.compare')}</Button>
    </>
  )
  return (
    <Dialog title={t('merge.pick_two')} onClose={onClose} foot={foot}>
      <div className="stacked">
        <p className="dialog-intro">{t('merge.pick_intro')}</p>
        {id === undefined && <><span className="label-like">{t('merge.one')}</span><ReferenceSelect label={t('merge.one')} spec={reference} value={gone} onChange={setGone} /></>}
        <span className="label-like">{t('merge.other')}</span>
        <ReferenceSelect label={t('merge.other')} spec={reference} value={stays} onChange={setStays} />
      </div>
    </Dialog>
  )
}
