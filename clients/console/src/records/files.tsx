// Files of a record, with a place to add more.
import { useQueryClient } from '@tanstack/react-query'
import { uuid7 } from '@trunnion/kit/api'
import { Failed, FileDrop, Loading, useUploads } from '@trunnion/kit/plain'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useGrant } from '../session'
import { Pictures } from './pictures'
import { useStuck } from './stuck'

/** Signatures are files as well, but stand with what they sign. */
const isShown = (role: string): boolean => role !== 'signature'

export function Files({ kind, id }: { kind: string; id: string }) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const mayAdd = useGrant('attach.file.link')
  const stuck = useStuck(kind, id)
  const uploads = useUploads(async (file, name, progress) => {
    const stored = await api.upload('attach/files', file, name, progress)
    const role = file.type.startsWith('image/') ? 'photo' : 'document'
    await api.post(`attach/files/${stored.id}/link`, { kind, row_id: id, role }, { 'Idempotency-Key': uuid7() })
    await queries.invalidateQueries({ queryKey: ['stuck', kind, id] })
    return stored
  })
  const files = stuck.data?.files.filter((file) => isShown(file.role)) ?? []
  const waiting = { ...uploads, items: uploads.items.filter((item) => !item.fileId) }
  if (stuck.error) return <Failed error={stuck.error} />
  if (!stuck.data) return <Loading lines={1} />
  return (
    <div className="files">
      {files.length > 0 && <Pictures files={files} />}
      {mayAdd && <FileDrop uploads={waiting} label={t('kit.add_files')} />}
    </div>
  )
}
