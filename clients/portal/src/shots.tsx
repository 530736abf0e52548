// Photos, films and recordings of a request: pictures open large, films play where they stand.
import { useWords } from '@trunnion/kit/words'
import type { Shown } from './data'

interface ShotsProps {
  files: string
  shots: Shown[]
}

const roleKey = (role: string): string => (role === 'after' ? 'portal.photo_after' : role === 'before' ? 'portal.photo_before' : 'portal.photo')

function Shot({ files, shot }: { files: string; shot: Shown }) {
  const { t } = useWords()
  const at = `${files}/${shot.id}`
  if (shot.media_type.startsWith('video/')) {
    return <video className="film" controls playsInline preload="none" poster={shot.has_thumbnail ? `${at}/thumbnail` : undefined} src={at} aria-label={t('portal.film')}><track kind="captions" /></video>
  }
  if (shot.media_type.startsWith('audio/')) return <audio controls preload="none" src={at} aria-label={t('portal.recording')}><track kind="captions" /></audio>
  return <a href={at} target="_blank" rel="noreferrer"><img src={`${at}/thumbnail`} alt={t(roleKey(shot.role))} loading="lazy" /></a>
}

export function Shots({ files, shots }: ShotsProps) {
  return <ul className="photos">{shots.map((shot) => <li key={shot.id} data-wide={!shot.media_type.startsWith('image/')}><Shot files={files} shot={shot} /></li>)}</ul>
}

/** What it was like, and what it is like now, side by side. */
export function BeforeAfter({ files, shots }: ShotsProps) {
  const { t } = useWords()
  const after = shots.filter(({ role }) => role === 'after')
  const before = shots.filter(({ role }) => role !== 'after')
  if (!after.length) return null
  return (
    <div className="before-after">
      {[{ key: 'portal.before', of: before }, { key: 'portal.after', of: after }].map(({ key, of }) => (
        <figure key={key}><figcaption>{t(key)}</figcaption>{of.length ? <Shots files={files} shots={of} /> : <p className="soft">{t('portal.no_photo')}</p>}</figure>
      ))}
    </div>
  )
}
