// Files of a record, with a place to add more.
import type { StoredFile } from '@trunnion/kit/api'
import { FileDrop, useUploads } from '@trunnion/kit/plain'
import { useApi, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useGrant } from '../session'
import { Pictures } from '../orders/pictures'

export function Files({ kind, id, files }: { kind: string; id: string; files: StoredFile[] }) {
  const { t } = useWords()
  const api = useApi()
  const run = useVerb({ kind, id })
  const isGranted = useGrant(`${kind}.attach_file`)
  const uploads = useUploads(async (file, name, progress) => {
    const stored = await api.upload('attach/files', file, name, progress)
    await run('attach_file', { file_id: stored.id })
    return stored
  })
  const waiting = { ...uploads, items: uploads.items.filter((item) => !item.fileId) }
  return (
    <div className="files">
      {files.length > 0 && <Pictures files={files} />}
      {isGranted && <FileDrop uploads={waiting} label={t('kit.add_files')} />}
    </div>
  )
}
