// One change for many records: rehearsed first, then done as one entry that can be put back.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import { uuid7, problemWords, type Filter } from '../api'
import { useWords } from '../words'
import { contractFields } from './contract-fields'
import { packed, useCustomFields } from './custom'
import { Dialog } from './dialog'
import { fieldName } from './field-name'
import { FieldInput, type FieldSpec } from './fields'
import { useJob } from './job'
import { useApi, useReferences } from './provider'
import { useToasts } from './toast'

interface Batch {
  changed: number
  same: number
  refused: { id: string; name: string; title: string }[]
  entry_id: string | null
  job_id: string | null
}

interface BulkEditProps {
  listing: string
  kind: string
  /** Those that are named, or all that the list finds. */
  rows: { ids: string[] } | { filter: Filter; search?: string }
  count: number
  onClose: () => void
}

export default function BulkEdit({ listing, kind, rows, count, onClose }: BulkEditProps) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const references = useReferences()
  const [fields, setFields] = useState<FieldSpec[]>([])
  const [key, setKey] = useState<string>()
  const [value, setValue] = useState<unknown>()
  const [preview, setPreview] = useState<Batch | null>(null)
  const [jobId, setJobId] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const job = useJob(jobId)
  const own = useCustomFields(kind)
  const all = [...fields, ...own]
  const field = all.find((one) => one.key === key)

  useEffect(() => {
    void contractFields(kind, 'edit', references, words).then((found) => setFields(found.filter((one) => words.has(one.words_key))))
  }, [kind, references, words])

  async function send(isRehearsal: boolean): Promise<Batch> {
    return api.post<Batch>(`${listing}/bulk-edit`, { changes: packed({ [key!]: value ?? (field?.type === 'text' || field?.type === 'longtext' ? '' : null) }), ...('ids' in rows ? rows : { filter: JSON.stringify(rows.filter), search: rows.search }), dry_run: isRehearsal }, { 'Idempotency-Key': uuid7() })
  }

  async function undo(entryId: string): Promise<void> {
    try {
      await api.post<Batch>(`${listing}/bulk-edit/undo`, { entry_id: entryId }, { 'Idempotency-Key': uuid7() })
    } finally {
      await queries.invalidateQueries({ queryKey: ['list', listing] })
    }
  }

  function finish(done: Batch): void {
    void queries.invalidateQueries({ queryKey: ['list', listing] })
    const entry = done.entry_id
    const said = t('kit.bulk.done', { count: done.changed })
    if (entry) toasts.undoable(said, () => undo(entry))
    else toasts.good(said)
    onClose()
  }

  async function step(isRehearsal: boolean): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      const found = await send(isRehearsal)
      if (found.job_id) setJobId(found.job_id)
      else if (isRehearsal) setPreview(found)
      else finish(found)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  useEffect(() => {
    if (!job.isDone && !job.isFailed) return
    const result = job.data?.result as Batch | undefined
    setJobId(null)
    if (!job.isDone || !result) toasts.bad(t('kit.state.fault'))
    else if (preview) finish(result)
    else setPreview(result)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [job.isDone, job.isFailed])

  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      {preview
        ? <Button type="primary" loading={isBusy || jobId !== null} disabled={preview.changed === 0} onClick={() => void step(false)}>{t('kit.bulk.apply', { count: preview.changed })}</Button>
        : <Button type="primary" loading={isBusy || jobId !== null} disabled={!field} onClick={() => void step(true)}>{t('kit.bulk.preview')}</Button>}
    </>
  )
  return (
    <Dialog title={t('kit.bulk.title', { count })} onClose={onClose} foot={foot}>
      <div className="bulk">
        {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, kind)}</div>}
        <Select aria-label={t('kit.bulk.field')} placeholder={t('kit.bulk.field')} value={key} options={all.map((one) => ({ value: one.key, label: fieldName(one, words) }))} onChange={(next) => { setKey(next); setValue(undefined); setPreview(null) }} />
        {field && <FieldInput field={field} label={fieldName(field, words)} values={{}} value={value} onChange={(next) => { setValue(next); setPreview(null) }} />}
        {preview && (
          <div role="status">
            <p>{t('kit.bulk.will', { changed: preview.changed, same: preview.same, refused: preview.refused.length })}</p>
            {preview.refused.length > 0 && <ul className="bulk-refused">{preview.refused.slice(0, 20).map((one) => <li key={one.id}><strong>{one.name}</strong> {one.title}</li>)}</ul>}
          </div>
        )}
      </div>
    </Dialog>
  )
}
