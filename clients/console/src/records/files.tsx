// Files of a record, with a place to add more.
import { problemWords } from '@trunnion/kit/api'
import { FileDrop, useUploads } from '@trunnion/kit/plain'
import { useApi, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Globe, Lock } from 'lucide-react'
import { useGrant } from '../session'
import { Pictures } from './pictures'
import type { LinkedFile } from './stuck'

interface FilesProps {
  kind: string
  id: string
  files: LinkedFile[]
}

/** Of these, whoever scans a machine's label can be shown documents. */
const SCANNED = new Set(['assets.asset', 'catalog.model'])

/** Whether whoever scans the label may read a document; pressed once more it stays in the house. */
function Publicity({ id, file }: { id: string; file: LinkedFile }) {
  const { t, words } = useWords()
  const run = useSteps(id)
  const toasts = useToasts()
  const set = async (verb: 'publish' | 'unpublish'): Promise<void> => void (await run([{ path: `attach/links/${file.link_id}/${verb}`, args: {} }]))

  async function turn(): Promise<void> {
    const isPublic = file.is_public === true
    try {
      await set(isPublic ? 'unpublish' : 'publish')
      toasts.undoable(t(isPublic ? 'record.unpublished' : 'record.published', { name: file.name }), () => set(isPublic ? 'publish' : 'unpublish'))
    } catch (error) {
      toasts.bad(problemWords(words, error, 'attach.file'))
    }
  }

  const Icon = file.is_public ? Globe : Lock
  return (
    <button type="button" className="link-button publicity" aria-pressed={file.is_public === true} title={t('record.public_help')} onClick={() => void turn()}>
      <Icon size={13} aria-hidden /> {t(file.is_public ? 'record.is_public' : 'record.is_inside')}<span className="visually-hidden">: {file.name}</span>
    </button>
  )
}

export function Files({ kind, id, files }: FilesProps) {
  const { t } = useWords()
  const api = useApi()
  const run = useSteps(id)
  const mayAdd = useGrant('attach.file.link')
  const mayPublish = useGrant('attach.file.publish')
  const mayEdit = useGrant(`${kind}.edit`)
  const isOffered = SCANNED.has(kind) && mayPublish && mayEdit
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
      {shown.length > 0 && <Pictures files={shown} acts={isOffered ? (file) => <Publicity id={id} file={file} /> : undefined} />}
      {mayAdd && <FileDrop uploads={waiting} label={t('kit.add_files')} />}
    </div>
  )
}
