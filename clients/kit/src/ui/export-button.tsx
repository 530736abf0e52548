// Exports what a listing shows as CSV or XLSX: a job with progress, then a file.
import { Button, Dropdown } from 'antd'
import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { problemWords, uuid7, type ListingQuery } from '../api'
import { useWords } from '../words'
import { useApi } from './provider'
import { useToasts } from './toast'
import { jobShare, useJob } from './job'

interface ExportProps {
  listing: string
  query: ListingQuery
}

export function ExportButton({ listing, query }: ExportProps) {
  const { t, words, formats } = useWords()
  const toasts = useToasts()
  const api = useApi()
  const [jobId, setJobId] = useState<string | null>(null)
  const job = useJob(jobId)
  const file = job.data && job.isDone ? `/api/jobs/${job.data.id}/file` : null

  useEffect(() => {
    if (!job.isDone && !job.isFailed) return
    setJobId(null)
    if (job.isFailed) toasts.bad(t('kit.state.fault'))
    else if (file) toasts.good(t('kit.table.export_ready'), <Button type="primary" size="small" href={file} download>{t('kit.table.download')}</Button>)
  }, [job.isDone, job.isFailed, file, toasts, t])

  async function start(format: string): Promise<void> {
    try {
      const started = await api.post<{ job_id: string }>(`${listing}/export`, { format, ...query, filter: query.filter && JSON.stringify(query.filter), columns: query.columns?.join(',') }, { 'Idempotency-Key': uuid7() })
      setJobId(started.job_id)
    } catch (error) {
      toasts.bad(problemWords(words, error))
    }
  }

  const items = ['xlsx', 'csv'].map((format) => ({ key: format, label: format.toUpperCase() }))
  const label = jobId ? t('kit.table.exporting', { share: formats.percent(jobShare(job.data)) }) : t('kit.table.export')
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => void start(key) }} trigger={['click']} disabled={Boolean(jobId)}>
      <Button type="text" icon={<Download size={15} />} aria-label={label}><span className="wide-only">{label}</span></Button>
    </Dropdown>
  )
}
