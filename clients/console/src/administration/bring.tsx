// A whole organisation brought in from its export: for a new installation, in the background, all of it or nothing.
import { Intentions, problemWords } from '@trunnion/kit/api'
import { jobShare, PageShell, Section, useApi, useJob } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress } from 'antd'
import { LogIn, PackagePlus } from 'lucide-react'
import { useId, useRef, useState, type DragEvent } from 'react'

const KEPT = 'trunnion.bring'
const WHAT = ['empty', 'all', 'people', 'numbers'] as const

interface Arrived { name?: string; rows?: number; files?: number; entries?: number; refused?: string }

function Arrival({ jobId, onAgain }: { jobId: string; onAgain: () => void }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const job = useJob(jobId)
  const result = job.data?.result as Arrived | null | undefined
  const leave = (): void => void api.post('identity/sign-out', {}).finally(() => { sessionStorage.removeItem(KEPT); window.location.assign('/') })
  if (job.error || job.isFailed || result?.refused) {
    return (
      <div role="alert">
        <p className="form-problem">{job.error ? problemWords(words, job.error) : t('bring.failed')}</p>
        <p>{result?.refused ?? (job.isFailed && t('bring.broken'))}</p>
        <Button onClick={onAgain}>{t('bring.again')}</Button>
      </div>
    )
  }
  if (!job.isDone) {
    return (
      <div role="status">
        <p>{t('bring.running')}</p>
        <Progress percent={Math.round(100 * jobShare(job.data))} aria-label={t('bring.running')} />
        <p className="muted">{t('bring.may_leave')}</p>
      </div>
    )
  }
  return (
    <div role="status">
      <p><strong>{t('bring.ready', { name: result?.name ?? '' })}</strong></p>
      <p>{t('bring.counts', { rows: formats.number(result?.rows ?? 0), files: formats.number(result?.files ?? 0), entries: formats.number(result?.entries ?? 0) })}</p>
      <p>{t('bring.next')}</p>
      <p className="queue-acts"><Button type="primary" icon={<LogIn size={15} />} onClick={leave}>{t('bring.sign_in')}</Button></p>
    </div>
  )
}

function Package({ onQueued }: { onQueued: (jobId: string) => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const input = useId()
  const intentions = useRef(new Intentions())
  const [isOver, setOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState('')

  async function send(file: File): Promise<void> {
    setProblem('')
    setShare(0)
    const form = new FormData()
    form.append('file', file, file.name)
    const key = intentions.current.keyOf({ name: file.name, size: file.size, at: file.lastModified })
    try {
      const answer = await api.send({ method: 'POST', path: '/api/integrations/organisation/import', body: form, headers: { 'Idempotency-Key': key }, onProgress: setShare })
      intentions.current.done()
      onQueued((answer.body as { job_id: string }).job_id)
    } catch (error) {
      // What was refused is sent anew, when it may have become possible.
      intentions.current.done()
      setProblem(problemWords(words, error))
    } finally {
      setShare(null)
    }
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && share === null) void send(file)
  }

  return (
    <>
      <div className="drop" data-over={isOver} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <input id={input} className="visually-hidden" type="file" accept=".zip,application/zip" disabled={share !== null} onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; if (file) void send(file) }} />
        <label htmlFor={input} className="drop-pick"><PackagePlus size={22} aria-hidden /> <strong>{t('bring.choose')}</strong></label>
      </div>
      {share !== null && <div role="status"><p>{t('bring.sending')}</p><Progress percent={Math.round(100 * share)} aria-label={t('bring.sending')} /></div>}
      {problem && <p className="form-problem bring-problem" role="alert">{problem}</p>}
    </>
  )
}

export default function Bring() {
  const { t } = useWords()
  const [jobId, setJobId] = useState(() => sessionStorage.getItem(KEPT))

  function keep(next: string | null): void {
    if (next) sessionStorage.setItem(KEPT, next)
    else sessionStorage.removeItem(KEPT)
    setJobId(next)
  }

  return (
    <PageShell title={t('nav.bring')}>
      <div className="narrow-wide">
        <Section>
          <p className="dialog-intro">{t('bring.intro')}</p>
          {jobId ? <Arrival jobId={jobId} onAgain={() => keep(null)} /> : <Package onQueued={keep} />}
        </Section>
        <Section title={t('bring.what')}>
          <dl className="facts">
            {WHAT.map((one) => <div key={one} className="fact"><dt>{t(`bring.what.${one}`)}</dt><dd>{t(`bring.what.${one}_text`)}</dd></div>)}
          </dl>
        </Section>
        <Section title={t('bring.server')}>
          <p>{t('bring.server_text')}</p>
          <p className="take-command"><code>trunnion import organisation FILE.zip</code></p>
        </Section>
      </div>
    </PageShell>
  )
}
