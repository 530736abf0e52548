// One job or delivery: what it is, how far, why it failed, and what can be done about it.
import { StateTag } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress } from 'antd'
import { RotateCw, Square } from 'lucide-react'
import { jobName, reasonWords, type QueuedJob } from './queue'

interface JobRowProps {
  job: QueuedJob
  isBusy: boolean
  onRetry?: () => void
  onStop?: () => void
}

export function JobRow({ job, isBusy, onRetry, onStop }: JobRowProps) {
  const { t, words, formats } = useWords()
  const name = jobName(job, words)
  const isOpen = job.state === 'ready' || job.state === 'running'
  const willRetry = job.state === 'ready' && job.attempts > 0
  const line = [
    job.asked_by && t('jobs.asked_by', { name: job.asked_by }),
    job.finished_at ? t('jobs.ended', { time: formats.dateTime(job.finished_at) }) : t('jobs.since', { time: formats.dateTime(job.created_at) }),
    job.attempts > 1 && t('admin.attempts', { count: job.attempts }),
    willRetry && t('jobs.again_at', { time: formats.time(job.run_at) }),
  ].filter(Boolean)
  return (
    <li className="token">
      <div>
        <p className="queue-head"><span className="row-title">{name}</span> <StateTag kind="kernel.job" state={job.state} /></p>
        <p className="muted">{line.join(' · ')}</p>
        {isOpen && job.progress_total > 0 && (
          <div className="queue-progress">
            <Progress percent={Math.round((100 * job.progress_done) / job.progress_total)} size="small" aria-label={name} />
            <span className="muted">{t('jobs.progress', { done: formats.number(job.progress_done), total: formats.number(job.progress_total) })}</span>
          </div>
        )}
        {job.reason && (job.state === 'parked' || willRetry) && (
          <>
            <p className="row-sub-wrap">{reasonWords(job.reason, words)}</p>
            <details className="queue-details">
              <summary>{t('jobs.details')}</summary>
              <pre>{`${job.task}\n${job.id}\n\n${job.error.trim()}`}</pre>
            </details>
          </>
        )}
      </div>
      {onRetry && <Button icon={<RotateCw size={14} />} loading={isBusy} aria-label={`${t('kit.retry')}: ${name}`} onClick={onRetry}>{t('kit.retry')}</Button>}
      {onStop && <Button icon={<Square size={13} />} loading={isBusy} aria-label={`${t('jobs.stop')}: ${name}`} onClick={onStop}>{t('jobs.stop')}</Button>}
    </li>
  )
}
