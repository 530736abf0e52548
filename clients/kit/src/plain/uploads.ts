// Files on their way up: kept apart from any look, so that every client shows them as it likes.
import { useRef, useState } from 'react'
import { uuid7 } from '../api/ids'
import { shrinkPhoto } from './photos'

export interface UploadItem {
  key: string
  name: string
  /** A preview of a picture, made in the browser. */
  preview: string | null
  progress: number
  fileId: string | null
  error: unknown
}

export type SendFile = (file: Blob, name: string, onProgress: (share: number) => void) => Promise<{ id: string }>

export interface Uploads {
  items: UploadItem[]
  isBusy: boolean
  fileIds: string[]
  add: (files: Iterable<File>) => void
  remove: (key: string) => void
  retry: (key: string) => void
}

export function useUploads(send: SendFile, onChange?: (fileIds: string[]) => void): Uploads {
  const [items, setItems] = useState<UploadItem[]>([])
  const sources = useRef(new Map<string, File>())
  const current = useRef<UploadItem[]>([])

  function store(next: UploadItem[]): void {
    current.current = next
    setItems(next)
  }

  function change(key: string, part: Partial<UploadItem>): void {
    store(current.current.map((item) => (item.key === key ? { ...item, ...part } : item)))
    if ('fileId' in part) onChange?.(idsOf(current.current))
  }

  async function carry(key: string): Promise<void> {
    const file = sources.current.get(key)
    if (!file) return
    change(key, { error: null, progress: 0 })
    try {
      const { blob, name } = await shrinkPhoto(file)
      const stored = await send(blob, name, (progress) => change(key, { progress }))
      change(key, { fileId: stored.id, progress: 1 })
    } catch (error) {
      change(key, { error })
    }
  }

  return {
    items,
    isBusy: items.some((item) => !item.fileId && !item.error),
    fileIds: idsOf(items),
    add: (files) => {
      for (const file of files) {
        const key = uuid7()
        sources.current.set(key, file)
        const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null
        store([...current.current, { key, name: file.name, preview, progress: 0, fileId: null, error: null }])
        void carry(key)
      }
    },
    remove: (key) => {
      const gone = current.current.find((item) => item.key === key)
      if (gone?.preview) URL.revokeObjectURL(gone.preview)
      sources.current.delete(key)
      store(current.current.filter((item) => item.key !== key))
      onChange?.(idsOf(current.current))
    },
    retry: (key) => void carry(key),
  }
}

function idsOf(items: UploadItem[]): string[] {
  return items.flatMap((item) => (item.fileId ? [item.fileId] : []))
}
