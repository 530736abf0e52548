// A new order from the field, with or without a line: what is wrong is enough.
import { shrinkPhoto } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { Camera, Octagon, Wrench } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { Fault, go, Top, useAct, useField } from '../parts/context'
import { createOrder, photo, step } from '../work/verbs'
import type { AssetFile } from '../work/types'

const DRAFT = 'new-order'

function Machine({ assetId, onChange }: { assetId: string; onChange: (id: string) => void }) {
  const { t } = useWords()
  const { field } = useField()
  const kept = field.assets()
  return (
    <>
      <label htmlFor="machine"><Wrench size={16} aria-hidden /> {t('field.work.order.asset_id')} <span className="soft">{t('kit.optional')}</span></label>
      <div className="line">
        <select id="machine" value={assetId} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{t('kit.none')}</option>
          {kept.map(({ asset }) => <option key={asset.id} value={asset.id}>{asset.name} · {asset.number}</option>)}
        </select>
        <a className="button button-quiet fit" href="#/scan">{t('job.scan')}</a>
      </div>
    </>
  )
}

/** What was typed outlives a reload, sealed like everything else. */
function useDraft(assetId: string) {
  const { field } = useField()
  const [draft, setDraft] = useState({ title: '', assetId, isStopped: false })
  useEffect(() => {
    void field.store.getRecord<typeof draft>(DRAFT).then((kept) => { if (kept) setDraft((now) => (now.title ? now : { ...kept, assetId: assetId || kept.assetId })) })
  }, [field, assetId])
  const change = (part: Partial<typeof draft>): void => {
    const next = { ...draft, ...part }
    setDraft(next)
    void field.store.putRecord(DRAFT, next)
  }
  return { draft, change, clear: () => field.store.putRecord(DRAFT, null) }
}

export function NewOrder({ assetId = '' }: { assetId?: string }) {
  const { t } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const input = useId()
  const [photos, setPhotos] = useState<{ blob: Blob; name: string }[]>([])
  const { draft, change, clear } = useDraft(assetId)

  async function make(begin: boolean): Promise<void> {
    const asset: AssetFile | null = draft.assetId ? field.asset(draft.assetId) : null
    const at = field.clock.now()
    const args = { title: draft.title.trim(), is_stopped: draft.isStopped, reported_at: at, ...(draft.assetId ? { asset_id: draft.assetId } : {}) }
    const create = createOrder(args, asset?.asset.name ?? '')
    if (!(await act({ ...create, at }))) return
    const order = field.order(create.makes)
    if (!order) return
    for (const { blob, name } of photos) await act(photo(order, blob, name, 'before'))
    if (begin) await act(step(order, 'start', field.clock.now(at)))
    await clear()
    go(`order/${create.makes}`)
  }
  return (
    <>
      <Top title={t('verb.work.order.create')} back="" />
      <section className="card">
        <label htmlFor="wrong">{t('job.what_is_wrong')}</label>
        <textarea id="wrong" rows={3} maxLength={200} value={draft.title} onChange={(event) => change({ title: event.currentTarget.value })} />
        <Machine assetId={draft.assetId} onChange={(id) => change({ assetId: id })} />
        <label className="switch"><input type="checkbox" checked={draft.isStopped} onChange={(event) => change({ isStopped: event.currentTarget.checked })} /> <Octagon size={16} aria-hidden /> {t('field.work.order.is_stopped')}</label>
        <input id={input} className="visually-hidden" type="file" accept="image/*" multiple onChange={(event) => { const files = Array.from(event.currentTarget.files ?? []); void Promise.all(files.map(shrinkPhoto)).then((made) => setPhotos([...photos, ...made])) }} />
        <label htmlFor={input} className="button button-quiet"><Camera size={20} aria-hidden /> {t('job.photo_before')} {photos.length > 0 && <span className="count">{photos.length}</span>}</label>
        <Fault text={fault} />
        <button type="button" className="button big" disabled={!draft.title.trim()} onClick={() => void make(false)}>{t('job.report')}</button>
        {field.day?.resource_id && <button type="button" className="button button-quiet" disabled={!draft.title.trim()} onClick={() => void make(true)}>{t('job.report_and_start')}</button>}
      </section>
    </>
  )
}
