// Jobs and deliveries: what runs, waits, failed or is done; failed ones are tried again, running ones called off.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Dialog, PageShell, Section, useApi, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Segmented } from 'antd'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useGrant } from '../session'
import { JobRow } from './job-row'
import { GROUPS, jobName, SORTS, type JobPage, type QueuedJob } from './queue'

const JOBS = 'system/jobs'

function useQueue(group: string, sort: string) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['list', JOBS, group, sort],
    queryFn: ({ pageParam, signal }) => api.get<JobPage>(`${JOBS}?group=${group}&sort=${sort}${pageParam ? `&before=${pageParam}` : ''}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: group === 'open' ? 2_000 : 15_000,
  })
}

export default function Jobs() {
  const { t, words } = useWords()
  const toasts = useToasts()
  const { group = 'open', sort = 'all' } = useSearch({ from: '/inside/administration/jobs' })
  const navigate = useNavigate({ from: '/administration/jobs' })
  const queue = useQueue(group, sort)
  const mayRetry = useGrant('kernel.job.retry')
  const mayStop = useGrant('kernel.job.stop')
  const run = useSteps(JOBS)
  const [busy, setBusy] = useState<string | null>(null)
  const [asked, setAsked] = useState<QueuedJob | null>(null)
  const rows = queue.data?.pages.flatMap((page) => page.rows)
  const counts = queue.data?.pages[0]?.counts ?? {}
  const count: Record<string, number> = { open: (counts.ready ?? 0) + (counts.running ?? 0), parked: counts.parked ?? 0 }

  async function act(key: string, steps: { path: string; args: object }[], said: string): Promise<void> {
    setBusy(key)
    try {
      await run(steps, said)
    } catch (error) {
      toasts.bad(problemWords(words, error, 'kernel.job'))
    } finally {
      setBusy(null)
    }
  }

  const retry = (job: QueuedJob) => ({ path: `system/parked/${job.id}/retry`, args: {} })
  const stop = (job: QueuedJob): void => {
    setAsked(null)
    void act(job.id, [{ path: `${JOBS}/${job.id}/stop`, args: {} }], t('jobs.stopped'))
  }
  return (
    <PageShell
      title={t('nav.jobs')}
      actions={group === 'parked' && mayRetry && rows && rows.length > 1 && (
        <Button icon={<RotateCw size={15} />} loading={busy === 'all'} onClick={() => void act('all', rows.map(retry), t('admin.retried'))}>{t('jobs.retry_all', { count: rows.length })}</Button>
      )}
    >
      <div className="narrow-wide">
        <div className="queue-bar">
          <Segmented
            aria-label={t('nav.jobs')}
            value={group}
            onChange={(next) => void navigate({ search: (before) => ({ ...before, group: next }), replace: true })}
            options={GROUPS.map((value) => ({ value, label: <>{t(`jobs.${value}`)}{count[value] ? <span className="section-count">{count[value]}</span> : null}</> }))}
          />
          <Segmented aria-label={t('jobs.which')} value={sort} onChange={(next) => void navigate({ search: (before) => ({ ...before, sort: next }), replace: true })} options={SORTS.map((value) => ({ value, label: t(`jobs.${value === 'task' ? 'tasks' : value === 'delivery' ? 'deliveries' : 'all'}`) }))} />
        </div>
        <Section isBare>
          {queue.error ? <Failed error={queue.error} onRetry={() => void queue.refetch()} /> : !rows ? <Loading /> : rows.length === 0 ? <Empty title={t(`jobs.none.${group}`)} text={t(`jobs.none.${group}_text`)} /> : (
            <ul className="rows">
              {rows.map((job) => (
                <JobRow
                  key={job.id}
                  job={job}
                  isBusy={busy === job.id}
                  onRetry={mayRetry && job.state === 'parked' ? () => void act(job.id, [retry(job)], t('admin.retried')) : undefined}
                  onStop={mayStop && !job.is_delivery && (job.state === 'ready' || job.state === 'running') ? () => setAsked(job) : undefined}
                />
              ))}
            </ul>
          )}
        </Section>
        {queue.hasNextPage && <p className="section-act"><Button loading={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>{t('jobs.older')}</Button></p>}
      </div>
      {asked && (
        <Dialog
          title={t('jobs.stop')}
          onClose={() => setAsked(null)}
          foot={<><Button onClick={() => setAsked(null)}>{t('kit.cancel')}</Button><Button type="primary" danger onClick={() => stop(asked)}>{t('jobs.stop')}</Button></>}
        >
          <p className="dialog-intro">{t('jobs.stop_intro', { name: jobName(asked, words) })}</p>
        </Dialog>
      )}
    </PageShell>
  )
}
