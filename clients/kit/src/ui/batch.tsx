// A verb done to many records: rehearsed first, then done as one entry that can be put back.
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { uuid7, problemWords, type Filter } from '../api'
import { useWords } from '../words'
import { Dialog } from './dialog'
import { useJob } from './job'
import { useApi } from './provider'
import { useToasts } from './toast'

interface Batch {
  changed: number
  same: number
  refused: { id: string; name: string; title: string }[]
  entry_id: string | null
  job_id: string | null
}

/** Those that are named, or all that the list finds. */
export type BatchRows = { ids: string[] } | { filter: Filter; search?: string }

export interface BatchProps {
  listing: string
  kind: string
  rows: BatchRows
  onClose: () => void
}

interface BatchDialogProps extends BatchProps {
  /** The verb's address below that of the list. */
  verb: string
  title: string
  /** The arguments that all of them get; nothing while something is missing. */
  changes: Record<string, unknown> | undefined
  children: ReactNode
}

const MOST_SHOWN = 20

export function BatchDialog({ listing, kind, rows, verb, title, changes, children, onClose }: BatchDialogProps) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [found, setFound] = useState<{ of: string | undefined; batch: Batch } | null>(null)
  const [jobId, setJobId] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const job = useJob(jobId)
  const asked = JSON.stringify(changes)
  // What was found out holds for what was asked, and for nothing that was typed since.
  const preview = found && found.of === asked ? found.batch : null

  const refresh = (): Promise<void> => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(listing) })

  async function undo(entryId: string): Promise<void> {
    try {
      await api.post<Batch>(`${listing}/${verb}/undo`, { entry_id: entryId }, { 'Idempotency-Key': uuid7() })
    } finally {
      await refresh()
    }
  }

  function finish(done: Batch): void {
    void refresh()
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
      const batch = await api.post<Batch>(`${listing}/${verb}`, { changes, ...('ids' in rows ? rows : { filter: JSON.stringify(rows.filter), search: rows.search }), dry_run: isRehearsal }, { 'Idempotency-Key': uuid7() })
      if (batch.job_id) setJobId(batch.job_id)
      else if (isRehearsal) setFound({ of: asked, batch })
      else finish(batch)
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
    else setFound({ of: asked, batch: result })
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [job.isDone, job.isFailed])

  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      {preview
        ? <Button type="primary" loading={isBusy || jobId !== null} disabled={preview.changed === 0} onClick={() => void step(false)}>{t('kit.bulk.apply', { count: preview.changed })}</Button>
        : <Button type="primary" loading={isBusy || jobId !== null} disabled={!changes} onClick={() => void step(true)}>{t('kit.bulk.preview')}</Button>}
    </>
  )
  return (
    <Dialog title={title} onClose={onClose} foot={foot}>
      <div className="bulk">
        {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, kind)}</div>}
        {children}
        {preview && (
          <div role="status">
            <p>{t('kit.bulk.will', { changed: preview.changed, same: preview.same, refused: preview.refused.length })}</p>
            {preview.refused.length > 0 && <ul className="bulk-refused">{preview.refused.slice(0, MOST_SHOWN).map((one) => <li key={one.id}><strong>{one.name}</strong> {one.title}</li>)}</ul>}
          </div>
        )}
      </div>
    </Dialog>
  )
}
