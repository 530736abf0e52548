// Photos of the job: taken, drawn upon, kept on the phone until they have gone up.
import { fileUrl, thumbnailUrl } from '@trunnion/kit/api'
import { shrinkPhoto } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { Camera, CloudUpload } from 'lucide-react'
import { lazy, Suspense, useEffect, useId, useState, type ChangeEvent } from 'react'
import type { LinkedFile, Order } from '../work/types'
import { photo } from '../work/verbs'
import { Fault, useAct, useField } from './context'

const MarkUp = lazy(() => import('./mark-up'))
const PICTURES = /^image\//

/** What has not gone up yet is shown from the phone. */
function usePicture(file: LinkedFile): string | null {
  const { field } = useField()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!file.isLocal) return undefined
    let made = ''
    void field.blob(file.file_id).then((blob) => {
      if (!blob) return
      made = URL.createObjectURL(new Blob([blob.bytes], { type: blob.type }))
      setUrl(made)
    })
    return () => { if (made) URL.revokeObjectURL(made) }
  }, [field, file.file_id, file.isLocal])
  return file.isLocal ? url : thumbnailUrl(file.file_id)
}

function Picture({ file }: { file: LinkedFile }) {
  const { t } = useWords()
  const url = usePicture(file)
  const role = t(`job.photo.${['before', 'after'].includes(file.role) ? file.role : 'other'}`)
  if (!url) return <span className="picture" />
  const picture = <img src={url} alt={role} loading="lazy" />
  return (
    <figure className="picture" data-local={file.isLocal}>
      {file.isLocal ? picture : <a href={fileUrl(file.file_id)} target="_blank" rel="noreferrer">{picture}</a>}
      <figcaption>{file.isLocal && <CloudUpload size={12} aria-label={t('phone.not_sent')} />} {role}</figcaption>
    </figure>
  )
}

export function Photos({ order }: { order: Order }) {
  const { t } = useWords()
  const { act, fault } = useAct()
  const input = useId()
  const [drawing, setDrawing] = useState<{ file: Blob; name: string } | null>(null)
  const isBefore = !['in_progress', 'completed', 'confirmed', 'closed'].includes(order.state)
  const pictures = order.files.filter((file) => PICTURES.test(file.media_type) && file.role !== 'signature')

  const keep = (file: Blob, name: string): Promise<unknown> => act(photo(order, file, name, isBefore ? 'before' : 'after'))
  const add = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const files = Array.from(event.currentTarget.files ?? [])
    event.currentTarget.value = ''
    for (const file of files) {
      const { blob, name } = await shrinkPhoto(file)
      await keep(blob, name)
      // Several at once are seldom meant to be drawn upon.
      if (files.length === 1) setDrawing({ file: blob, name })
    }
  }
  return (
    <section className="card">
      <h2>{t('job.photos')} {pictures.length > 0 && <span className="count">{pictures.length}</span>}</h2>
      {pictures.length > 0 && <div className="pictures">{pictures.map((file) => <Picture key={file.file_id} file={file} />)}</div>}
      <input id={input} className="visually-hidden" type="file" accept="image/*" multiple onChange={(event) => void add(event)} />
      <label htmlFor={input} className="button button-quiet"><Camera size={20} aria-hidden /> {t(isBefore ? 'job.photo_before' : 'job.photo_after')}</label>
      {drawing && <Suspense fallback={null}><MarkUp picture={drawing.file} name={drawing.name} onClose={() => setDrawing(null)} onDone={(file, name) => { setDrawing(null); void keep(file, name) }} /></Suspense>}
      <Fault text={fault} />
    </section>
  )
}
