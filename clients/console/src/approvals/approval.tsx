// One approval: what was asked, step by step who agreed or must, and what I may say.
import '../life.css'
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading, Timeline } from '@trunnion/kit/plain'
import { Facts, PageShell, Section, StateTag, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { APPROVAL, approvalVerbs, useApproval, type Approval, type Decision, type Step } from './data'

function Said({ one }: { one: Decision }) {
  const { t, formats } = useWords()
  const who = one.actor_name === one.for_name ? one.actor_name : t('approval.for_whom', { actor: one.actor_name, whom: one.for_name })
  return (
    <p>
      <strong className={one.is_granted ? 'may' : 'may-not'}>{t(`state.${APPROVAL}.${one.is_granted ? 'granted' : 'refused'}`)}</strong> {who} <time className="muted" dateTime={one.decided_at}>{formats.dateTime(one.decided_at)}</time>
      {one.is_stand_in && <span className="muted"> · {t('approval.stand_in')}</span>}
      {one.remark && <span className="prose approval-remark">{one.remark}</span>}
    </p>
  )
}

const TONES: Record<string, 'done' | 'current' | 'open' | 'bad'> = { granted: 'done', open: 'current', ahead: 'open', refused: 'bad' }

function Steps({ steps }: { steps: Step[] }) {
  const { t, words, formats } = useWords()
  return (
    <Section title={t('approval.steps')}>
      <Timeline
        label={t('approval.steps')}
        steps={steps.map((step) => ({
          key: String(step.position),
          tone: TONES[step.state] ?? 'open',
          title: <>{step.name || t('approval.step', { number: step.position })} <span className="muted">{t(`state.identity.approval_step.${step.state}`)}{step.need === 'all' && ` · ${t('choice.identity.approval_step.need.all')}`}</span></>,
          meta: step.closed_at && formats.dateTime(step.closed_at),
          body: (
            <>
              {step.decisions.map((one) => <Said key={`${one.for_name}${one.decided_at}`} one={one} />)}
              {step.waits_for.length > 0 && <p>{t('approval.waits_for', { who: step.waits_for.join(words.list) })}</p>}
              {step.fell_back_at && step.state === 'open' && <p className="muted">{t('approval.fell_back', { since: formats.dateTime(step.fell_back_at) })}</p>}
            </>
          ),
        }))}
      />
    </Section>
  )
}

function Subject({ approval }: { approval: Approval }) {
  const { t } = useWords()
  if (approval.subject_kind === 'assets.lifecycle_document') return <Link to="/papers/$id" params={{ id: approval.subject_id }}>{t('approval.see_paper')}</Link>
  return <>{t(`kind.${approval.subject_kind}`)}</>
}

export default function ApprovalPage() {
  const { t, formats } = useWords()
  const { id } = useParams({ from: '/inside/approvals/$id' })
  const query = useApproval(id)
  const approval = query.data
  if (query.error && !approval) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!approval) return <Loading lines={8} />
  const label = (key: string): string => t(`column.identity.approvals.${key}`)
  return (
    <PageShell
      title={`${t(`verb.${approval.verb}`)}: ${approval.title}`}
      over={<><Link to="/approvals" search={{}}>{t('nav.approvals')}</Link> <span aria-hidden>/</span> {approval.number}</>}
      tags={<StateTag kind={APPROVAL} state={approval.state} />}
      actions={<VerbBar isSticky target={{ kind: APPROVAL, id: approval.id, version: approval.version }} actions={approval.actions} specs={approvalVerbs} />}
    >
      <div className="split">
        <div className="split-main"><Steps steps={approval.steps} /></div>
        <div className="split-side">
          <Section title={t('order.facts')}>
            <Facts facts={[
              { label: label('amount'), value: approval.amount && approval.currency && formats.money(approval.amount, approval.currency) },
              { label: label('asked_by_name'), value: approval.asked_by_name },
              { label: label('asked_at'), value: formats.dateTime(approval.asked_at) },
              { label: label('closed_at'), value: approval.closed_at && formats.dateTime(approval.closed_at) },
              { label: label('reason'), value: approval.reason },
              { label: t('approval.about'), value: <Subject approval={approval} /> },
            ]}
            />
          </Section>
        </div>
      </div>
    </PageShell>
  )
}
