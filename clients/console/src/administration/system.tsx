// Whether all runs: the server's answer, what it found when it looked at itself, and how many jobs and deliveries run, wait or failed.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, PageShell, Section, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { CircleCheck, CircleX, RotateCw, TriangleAlert } from 'lucide-react'
import { useGrant } from '../session'
import type { JobPage } from './queue'

interface Check {
  name: string
  state: 'ok' | 'warning' | 'broken'
  title: string
  fact: string
  fix: string
}

const TONES = { ok: CircleCheck, warning: TriangleAlert, broken: CircleX }

function CheckRow({ check }: { check: Check }) {
  const { t } = useWords()
  const Sign = TONES[check.state]
  const state = t(`choice.kernel.health.state.${check.state}`)
  return (
    <li className="check" data-state={check.state}>
      <span className="check-sign" title={state}><Sign size={16} aria-hidden /><span className="visually-hidden">{state}</span></span>
      <div>
        <p className="row-title">{check.title}</p>
        <p className="row-sub-wrap">{check.fact}</p>
        {check.fix && <p className="check-fix">{check.fix}</p>}
      </div>
    </li>
  )
}

/** Worst first, so that what needs a hand is seen without scrolling. */
const RANKS = ['broken', 'warning', 'ok']

function Checks() {
  const { t, formats, language } = useWords()
  const api = useApi()
  // What was seen is worded by the server, so each language is asked for anew.
  const checks = useQuery({ queryKey: ['checks', language], queryFn: () => api.get<{ rows: Check[]; looked_at: string }>('system/checks'), refetchInterval: 60_000 })
  const again = <Button size="small" icon={<RotateCw size={14} aria-hidden />} loading={checks.isFetching} onClick={() => void checks.refetch()}>{t('admin.look_again')}</Button>
  const rows = checks.data?.rows.toSorted((one, other) => RANKS.indexOf(one.state) - RANKS.indexOf(other.state))
  const bad = rows?.filter((row) => row.state !== 'ok').length ?? 0
  return (
    <Section title={<>{t('admin.checks')}{bad > 0 && <span className="section-count">{formats.number(bad)}</span>}</>} extra={again} isBare={Boolean(rows?.length)}>
      {checks.error ? <Failed error={checks.error} onRetry={() => void checks.refetch()} /> : !rows ? <Loading lines={4} /> : (
        <>
          <ul className="rows">{rows.map((row) => <CheckRow key={row.name} check={row} />)}</ul>
          <p className="foot-note check-foot">{t('admin.looked')} {formats.time(checks.data?.looked_at ?? '')} · {t('admin.check_hint')} <code>trunnion check</code></p>
        </>
      )}
    </Section>
  )
}

export default function System() {
  const { t, formats } = useWords()
  const api = useApi()
  const mayLook = useGrant('kernel.health.look')
  const health = useQuery({ queryKey: ['health'], queryFn: () => api.get<{ status: string; version: string }>('system/health'), refetchInterval: 30_000 })
  const queue = useQuery({ queryKey: ['list', 'system/jobs', 'counts'], queryFn: () => api.get<JobPage>('system/jobs?group=parked&limit=1'), refetchInterval: 30_000 })
  const counts = queue.data?.counts
  return (
    <PageShell title={t('nav.system')}>
      <div className="narrow-wide">
        <Section title={t('admin.health')}>
          {health.error ? <Failed error={health.error} onRetry={() => void health.refetch()} /> : !health.data ? <Loading lines={2} /> : (
            <Facts
              facts={[
                { label: t('admin.server'), value: <span className="good-line"><CircleCheck size={16} aria-hidden /> {t('admin.answers')}</span> },
                { label: t('admin.version'), value: `Trunnion ${health.data.version}` },
                { label: t('admin.looked'), value: formats.time(new Date(health.dataUpdatedAt).toISOString()) },
              ]}
            />
          )}
        </Section>
        {mayLook && <Checks />}
        <Section title={t('nav.jobs')} extra={<Link className="section-link" to="/administration/jobs" search={{ group: counts?.parked ? 'parked' : undefined }}>{t('admin.open_jobs')}</Link>}>
          {queue.error ? <Failed error={queue.error} onRetry={() => void queue.refetch()} /> : !counts ? <Loading lines={2} /> : (
            <Facts facts={(['running', 'ready', 'parked'] as const).map((state) => ({ label: t(`state.kernel.job.${state}`), value: formats.number(counts[state] ?? 0) }))} />
          )}
        </Section>
      </div>
    </PageShell>
  )
}
