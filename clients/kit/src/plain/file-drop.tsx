// Picks, drops or photographs files and shows each on its way up.
import { Camera, FileText, Paperclip, RotateCcw, X } from 'lucide-react'
import { useId, useState, type DragEvent, type ReactNode } from 'react'
import { problemWords } from '../api/problem'
import { useWords } from '../words'
import type { UploadItem, Uploads } from './uploads'

interface FileDropProps {
  uploads: Uploads
  /** Photos only: opens the camera on a phone. */
  photosOnly?: boolean
  label?: string
}

function Item({ item, uploads }: { item: UploadItem; uploads: Uploads }) {
  const { t, words, formats } = useWords()
  return (
    <li className="drop-item" data-state={item.error ? 'failed' : item.fileId ? 'done' : 'busy'}>
      {item.preview ? <img src={item.preview} alt={item.name} /> : <FileText aria-hidden size={20} />}
      <span className="drop-name" title={item.name}>{item.name}</span>
      {!item.fileId && !item.error && <span className="drop-share">{formats.percent(item.progress)}</span>}
      {Boolean(item.error) && (
        <>
          <span className="drop-error" role="alert">{problemWords(words, item.error)}</span>
          <button type="button" className="icon-button" aria-label={t('kit.retry')} onClick={() => uploads.retry(item.key)}>
            <RotateCcw size={16} />
          </button>
        </>
      )}
      <button type="button" className="icon-button" aria-label={t('kit.remove_file', { name: item.name })} onClick={() => uploads.remove(item.key)}>
        <X size={16} />
      </button>
    </li>
  )
}

interface DropZoneProps {
  /** Endings or media types that the chooser offers. */
  accept?: string
  isMultiple?: boolean
  isDisabled?: boolean
  className?: string
  onFiles: (files: File[]) => void
  label: ReactNode
  children?: ReactNode
}

/** Where files are dropped, or chosen by a press: what becomes of them is the page's own affair. */
export function DropZone({ accept, isMultiple, isDisabled, className = '', onFiles, label, children }: DropZoneProps) {
  const input = useId()
  const [isOver, setOver] = useState(false)

  function take(files: FileList | null): void {
    const found = Array.from(files ?? [])
    if (found.length && !isDisabled) onFiles(isMultiple ? found : found.slice(0, 1))
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }

  return (
    <div className="drop" data-over={isOver} onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <input
        id={input}
        className="visually-hidden"
        type="file"
        multiple={isMultiple}
        disabled={isDisabled}
        accept={accept}
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <label htmlFor={input} className={`drop-pick ${className}`.trim()}>{label}</label>
      {children}
    </div>
  )
}

export function FileDrop({ uploads, photosOnly, label }: FileDropProps) {
  const { t } = useWords()
  const picked = <>{photosOnly ? <Camera aria-hidden size={18} /> : <Paperclip aria-hidden size={18} />}{label ?? t(photosOnly ? 'kit.add_photos' : 'kit.add_files')}</>
  return (
    <DropZone isMultiple accept={photosOnly ? 'image/*' : undefined} onFiles={uploads.add} label={picked}>
      {uploads.items.length > 0 && (
        <ul className="drop-list">
          {uploads.items.map((item) => <Item key={item.key} item={item} uploads={uploads} />)}
        </ul>
      )}
    </DropZone>
  )
}
