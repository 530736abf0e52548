// Prints that were made: the one just now with its progress, and the earlier ones, to be fetched again.
import type { Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { jobShare, Section, useJob, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress } from 'antd'
import { Download, X } from 'lucide-react'
import { PRINTS, type Print } from './data'

const fileOf = (id: string, jobId: unknown): string => (typeof jobId === 'string' && jobId ? `/api/jobs/${jobId}/file` : `/api/${PRINTS}/${id}/file`)

export function ReadyPrint({ print, onClose }: { print: Print; onClose: () => void }) {
  const { t } = useWords()
  const job = useJob(print.job_id)
  const isReady = !print.job_id || job.isDone
  const title = job.isFailed ? t('kit.state.fault') : t(isReady ? 'labels.ready' : 'labels.drawing')
  return (
    <Section title={title} extra={<button type="button" className="icon-button" aria-label={t('kit.close')} onClick={onClose}><X size={15} /></button>}>
      <div role="status">
        {!isReady && !job.isFailed && <Progress percent={Math.round(100 * jobShare(job.data))} aria-label={t('labels.drawing')} />}
        {isReady && <p className="label-acts"><Button type="primary" icon={<Download size={15} />} href={fileOf(print.id, print.job_id)} download autoFocus>{t('labels.download')}</Button> <span className="muted">{t('labels.full_size')}</span></p>}
      </div>
    </Section>
  )
}

export function PastPrints() {
  const { t, formats } = useWords()
  const rows = useRows(PRINTS, { limit: 10 })
  const line = (row: Row): string => t('labels.past_line', { time: formats.dateTime(String(row.printed_at)), labels: Number(row.labels), form: String(row.form).toUpperCase() })
  return (
    <Section title={t('labels.past')} isBare={Boolean(rows.data?.rows.length)}>
      {rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} /> : !rows.data ? <Loading lines={2} /> : rows.data.rows.length === 0 ? <Empty title={t('labels.none_past')} text={t('labels.none_past_text')} /> : (
        <ul className="rows">
          {rows.data.rows.map((row) => (
            <li key={row.id} className="token">
              <div>
                <p className="row-title">{String(row.template_name)}</p>
                <p className="muted">{line(row)}</p>
              </div>
              <Button icon={<Download size={14} />} href={fileOf(row.id, row.job_id)} download aria-label={`${t('labels.download')}: ${String(row.template_name)}, ${line(row)}`}>{t('labels.download')}</Button>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
