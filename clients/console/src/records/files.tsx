// Files of a record, with a place to add more.
import { FileDrop, useUploads } from '@trunnion/kit/plain'
import { useApi, useSteps } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useGrant } from '../session'
import { Pictures } from './pictures'
import type { LinkedFile } from './stuck'

interface FilesProps {
  kind: string
  id: string
  files: LinkedFile[]
}

export function Files({ kind, id, files }: FilesProps) {
  const { t } = useWords()
  const api = useApi()
  const run = useSteps(id)
  const mayAdd = useGrant('attach.file.link')
  const uploads = useUploads(async (file, name, progress) => {
    const stored = await api.upload('attach/files', file, name, progress)
    const role = file.type.startsWith('image/') ? 'photo' : 'document'
    await run([{ path: `attach/files/${stored.id}/link`, args: { kind, row_id: id, role } }])
    return stored
  })
  // Signatures are files as well, but stand with what they sign.
  const shown = files.filter((file) => file.role !== 'signature')
  const waiting = { ...uploads, items: uploads.items.filter((item) => !item.fileId) }
  return (
    <div className="files">
      {shown.length > 0 && <Pictures files={shown} />}
      {mayAdd && <FileDrop uploads={waiting} label={t('kit.add_files')} />}
    </div>
  )
}
