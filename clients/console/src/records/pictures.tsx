// Files of a record: pictures as thumbnails, the rest by name.
import { fileUrl, thumbnailUrl } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LinkedFile } from './stuck'

interface PicturesProps {
  files: LinkedFile[]
  /** What can be done with one of them. */
  acts?: (file: LinkedFile) => ReactNode
}

export function Pictures({ files, acts }: PicturesProps) {
  const { formats } = useWords()
  return (
    <ul className="pictures">
      {files.map((file) => (
        <li key={file.link_id}>
          <a href={fileUrl(file.file_id)} target="_blank" rel="noreferrer" title={file.caption || file.name} className={file.has_thumbnail ? 'picture' : 'paper'}>
            {file.has_thumbnail
              ? <img src={thumbnailUrl(file.file_id)} alt={file.caption || file.name} loading="lazy" />
              : <><FileText size={16} aria-hidden /> <span>{file.name}</span> <span className="muted">{formats.bytes(file.size)}</span></>}
          </a>
          {acts?.(file)}
        </li>
      ))}
    </ul>
  )
}
