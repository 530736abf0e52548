// COBie import: a workbook, a dry run with counts and bad rows, then the real thing with progress.
import { Link } from '@tanstack/react-router'
import { problemWords, uuid7 } from '@trunnion/kit/api'
import { Loading } from '@trunnion/kit/plain'
import { jobShare, PageShell, Section, useApi, useJob } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress } from 'antd'
import { FileSpreadsheet } from 'lucide-react'
import { useId, useState } from 'react'
import { Outcome, type ImportResult } from './outcome'

interface Chosen {
  id: string
  name: string
}

export default function CobieImport() {
  const { t, words, formats } = useWords()
  const api = useApi()
  const input = useId()
  const [file, setFile] = useState<Chosen | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [run, setRun] = useState<{ jobId: string; isDry: boolean } | null>(null)
  const job = useJob(run?.jobId ?? null)
  const result = job.data?.result as ImportResult | null

  async function start(fileId: string, isDry: boolean): Promise<void> {
    setProblem(null)
    try {
      const started = await api.post<{ job_id: string }>('integrations/cobie/import', { file_id: fileId, dry_run: isDry }, { 'Idempotency-Key': uuid7() })
      setRun({ jobId: started.job_id, isDry })
    } catch (error) {
      setProblem(error)
    }
  }

  async function choose(picked: File): Promise<void> {
    setRun(null)
    setFile(null)
    setProblem(null)
    setShare(0)
    try {
      const stored = await api.upload('attach/files', picked, picked.name, setShare)
      setFile({ id: stored.id, name: picked.name })
      await start(stored.id, true)
    } catch (error) {
      setProblem(error)
    } finally {
      setShare(null)
    }
  }

  const isWorking = run !== null && !job.isDone && !job.isFailed
  return (
    <PageShell title={t('nav.cobie')}>
      <div className="narrow-wide">
        <Section>
          <p className="prose">{t('cobie.intro')}</p>
          <input id={input} className="visually-hidden" type="file" accept=".xlsx,.xls,.xlsm,.ods" onChange={(event) => { const picked = event.target.files?.[0]; event.target.value = ''; if (picked) void choose(picked) }} />
          <label htmlFor={input} className="drop-pick cobie-pick"><FileSpreadsheet size={18} aria-hidden /> {file ? file.name : t('cobie.choose')}</label>
          {share !== null && <Progress percent={Math.round(share * 100)} aria-label={t('cobie.uploading')} />}
          {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem)}</div>}
          {isWorking && (
            <div className="job" role="status">
              <p>{t(run.isDry ? 'cobie.checking' : 'cobie.applying')}</p>
              {job.data?.progress_total ? <Progress percent={Math.round(jobShare(job.data) * 100)} format={() => t('cobie.rows_of', { done: formats.number(job.data?.progress_done ?? 0), total: formats.number(job.data?.progress_total ?? 0) })} /> : <Loading lines={2} />}
            </div>
          )}
          {job.isFailed && <div className="form-problem" role="alert">{t('cobie.failed')} {typeof job.data?.error === 'string' ? job.data.error : ''}</div>}
        </Section>
        {run && job.isDone && result && (
          <>
            <Outcome result={result} isDry={run.isDry} />
            {run.isDry && file
              ? <Button type="primary" size="large" onClick={() => void start(file.id, false)}>{t('cobie.apply')}</Button>
              : <p><Link to="/locations" search={{}}>{t('cobie.see_locations')}</Link> · <Link to="/assets">{t('cobie.see_assets')}</Link></p>}
          </>
        )}
      </div>
    </PageShell>
  )
}
