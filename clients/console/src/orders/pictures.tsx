// Files of a record: pictures as thumbnails, the rest by name.
import { fileUrl, thumbnailUrl, type StoredFile } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { FileText } from 'lucide-react'

export function Pictures({ files }: { files: StoredFile[] }) {
  const { formats } = useWords()
  return (
    <ul className="pictures">
      {files.map((file) => (
        <li key={file.id}>
          <a href={fileUrl(file.id)} target="_blank" rel="noreferrer" title={file.name} className={file.media_type.startsWith('image/') ? 'picture' : 'paper'}>
            {file.media_type.startsWith('image/')
              ? <img src={thumbnailUrl(file.id)} alt={file.name} loading="lazy" />
              : <><FileText size={16} aria-hidden /> <span>{file.name}</span> <span className="muted">{formats.bytes(file.size)}</span></>}
          </a>
        </li>
      ))}
    </ul>
  )
}
