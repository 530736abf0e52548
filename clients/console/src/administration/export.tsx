// Everything that the organisation owns as open files: what is inside, made in the background, fetched by who asked.
import { Intentions, problemWords } from '@trunnion/kit/api'
import { jobShare, PageShell, Section, useApi, useJob, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox, Progress } from 'antd'
import { Download, PackageOpen } from 'lucide-react'
import { useRef, useState } from 'react'

const INSIDE = ['records', 'files', 'journal', 'lists', 'not'] as const
const KEPT = 'trunnion.export'

interface Done { rows?: number; files?: number; missing_files?: number }

function Outcome({ jobId, onAgain }: { jobId: string; onAgain: () => void }) {
  const { t, formats } = useWords()
  const job = useJob(jobId)
  const result = job.data?.result as Done | null | undefined
  if (job.error || job.isFailed) {
    return (
      <>
        <p className="form-problem" role="alert">{job.error ? t('take.gone') : t('take.failed')}</p>
        <Button onClick={onAgain}>{t('take.again')}</Button>
      </>
    )
  }
  if (!job.isDone) {
    return (
      <div role="status">
        <p>{t('take.running')}</p>
        <Progress percent={Math.round(100 * jobShare(job.data))} aria-label={t('take.running')} />
        <p className="muted">{t('take.may_leave')}</p>
      </div>
    )
  }
  return (
    <div role="status">
      <p><strong>{t('take.ready', { rows: formats.number(result?.rows ?? 0), files: formats.number(result?.files ?? 0) })}</strong></p>
      {Boolean(result?.missing_files) && <p className="form-problem">{t('take.missing', { count: result!.missing_files! })}</p>}
      <p className="queue-acts">
        <Button type="primary" icon={<Download size={15} />} href={`/api/jobs/${jobId}/file`} download>{t('take.download')}</Button>
        <Button onClick={onAgain}>{t('take.again')}</Button>
      </p>
      <p className="muted">{t('take.kept')}</p>
    </div>
  )
}

export default function TakeAlong() {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const intentions = useRef(new Intentions())
  const [hasLists, setLists] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const [jobId, setJobId] = useState(() => sessionStorage.getItem(KEPT))

  async function start(): Promise<void> {
    setBusy(true)
    try {
      const facts = { lists: hasLists }
      const { job_id: started } = await api.post<{ job_id: string }>('integrations/organisation/export', facts, { 'Idempotency-Key': intentions.current.keyOf(facts) })
      intentions.current.done()
      sessionStorage.setItem(KEPT, started)
      setJobId(started)
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setBusy(false)
    }
  }

  function again(): void {
    sessionStorage.removeItem(KEPT)
    setJobId(null)
  }

  return (
    <PageShell title={t('nav.take')}>
      <div className="narrow-wide">
        <Section>
          <p className="dialog-intro">{t('take.intro')}</p>
          {jobId ? <Outcome jobId={jobId} onAgain={again} /> : (
            <>
              <p><Checkbox checked={hasLists} onChange={(event) => setLists(event.target.checked)}>{t('take.with_lists')}</Checkbox></p>
              <p className="section-act"><Button type="primary" icon={<PackageOpen size={16} />} loading={isBusy} onClick={() => void start()}>{t('take.start')}</Button></p>
            </>
          )}
        </Section>
        <Section title={t('take.inside')}>
          <dl className="facts">
            {INSIDE.map((one) => <div key={one} className="fact"><dt>{t(`take.inside.${one}`)}</dt><dd>{t(`take.inside.${one}_text`)}</dd></div>)}
          </dl>
        </Section>
        <Section title={t('take.bring')}>
          <p>{t('take.bring_text')}</p>
          <p className="take-command"><code>trunnion import organisation FILE.zip</code></p>
          <p className="muted">{t('take.bring_note')}</p>
        </Section>
      </div>
    </PageShell>
  )
}
