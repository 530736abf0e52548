// Camera first: a photo, a short film, or what the phone has already; each is shown on its way up.
import { problemWords } from '@trunnion/kit/api'
import { shrinkPhoto } from '@trunnion/kit/plain'
import { lookAtFilm, type Carried } from '@trunnion/kit/uploads'
import { useWords } from '@trunnion/kit/words'
import { Camera, Film, Images, RotateCcw, Video, X } from 'lucide-react'
import { useId, useState, type ChangeEvent, type ReactNode } from 'react'
import { carrier } from './carrying'

const MOST_SECONDS = 60

interface PickProps {
  group: string
  base: string
  items: Carried[]
  /** Beside a message the buttons stay small. */
  isSmall?: boolean
}

function Button({ icon, text, accept, camera, onFiles }: { icon: ReactNode; text: string; accept: string; camera?: boolean; onFiles: (files: File[]) => void }) {
  const input = useId()
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    onFiles(Array.from(event.currentTarget.files ?? []))
    event.currentTarget.value = ''
  }
  return (
    <span className="pick-one">
      <input id={input} className="visually-hidden" type="file" accept={accept} capture={camera ? 'environment' : undefined} multiple={!camera} onChange={pick} />
      <label htmlFor={input} className="pick-button">{icon}<span>{text}</span></label>
    </span>
  )
}

export function Way({ item }: { item: Carried }) {
  const { t, words, formats } = useWords()
  const state = item.error ? 'failed' : item.fileId ? 'done' : 'busy'
  return (
    <li className="drop-item" data-state={state}>
      {item.preview ? <img src={item.preview} alt="" /> : <Film aria-hidden size={22} />}
      <span className="way">
        <span className="drop-name" title={item.name}>{item.name}</span>
        {state === 'busy' && <progress max={1} value={item.progress} aria-label={t('portal.on_its_way', { name: item.name })} />}
        {Boolean(item.error) && <span className="drop-error" role="alert">{problemWords(words, item.error)}</span>}
      </span>
      {state === 'busy' && <span className="drop-share">{formats.percent(item.progress)}</span>}
      {Boolean(item.error) && <button type="button" className="icon-button" aria-label={t('kit.retry')} onClick={() => carrier().retry(item.key)}><RotateCcw size={18} /></button>}
      {!item.isSent && <button type="button" className="icon-button" aria-label={t('kit.remove_file', { name: item.name })} onClick={() => void carrier().remove(item.key)}><X size={18} /></button>}
    </li>
  )
}

export function Pick({ group, base, items, isSmall }: PickProps) {
  const { t } = useWords()
  const [fault, setFault] = useState<string | null>(null)

  async function add(files: File[]): Promise<void> {
    setFault(null)
    for (const file of files) {
      if (file.type.startsWith('video/')) {
        const { seconds, poster } = await lookAtFilm(file)
        if (seconds !== null && seconds > MOST_SECONDS + 1) setFault(t('portal.film_too_long', { seconds: Math.round(seconds), most: MOST_SECONDS }))
        else await carrier().add({ group, base, name: file.name, blob: file, poster })
      } else {
        const { blob, name } = await shrinkPhoto(file)
        await carrier().add({ group, base, name, blob })
      }
    }
  }

  const take = (files: File[]): void => void carrier().prepare(group, () => add(files))
  return (
    <div className="pick" data-small={isSmall}>
      <div className="pick-row">
        <Button icon={<Camera size={isSmall ? 20 : 28} aria-hidden />} text={t('portal.take_photo')} accept="image/*" camera onFiles={take} />
        <Button icon={<Video size={isSmall ? 20 : 28} aria-hidden />} text={t('portal.take_film')} accept="video/*" camera onFiles={take} />
        <Button icon={<Images size={isSmall ? 20 : 28} aria-hidden />} text={t('portal.from_album')} accept="image/*,video/*" onFiles={take} />
      </div>
      {fault && <p className="fault" role="alert">{fault}</p>}
      {items.length > 0 && <ul className="drop-list">{items.map((item) => <Way key={item.key} item={item} />)}</ul>}
    </div>
  )
}
