// One import on its way: how the file is read, what its columns mean, its rows looked through, written, taken back.
import { Link, Navigate, useParams } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, StateTag, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress } from 'antd'
import { Check } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IMPORT, isRunning, useAct, useImport, type ImportRun } from './data'
import { useDraft, type Step } from './draft'
import { EMPTY, isSame, useMapped, type Mapped, type Mapping } from './mapping'
import { useTarget, useTargets, type Target } from './targets'
import './imports.css'

const MappingStep = lazy(() => import('./mapping-step'))
const PreviewStep = lazy(() => import('./preview-step'))
const ResultStep = lazy(() => import('./result-step'))
const SheetStep = lazy(() => import('./sheet-step'))

const STEPS = ['file', 'sheet', 'columns', 'check', 'done'] as const
const EDITABLE = new Set(['staged', 'checked', 'failed'])

function Steps({ at, onGo }: { at: (typeof STEPS)[number]; onGo?: (step: Step) => void }) {
  const { t } = useWords()
  const now = STEPS.indexOf(at)
  return (
    <ol className="import-steps" aria-label={t('imports.steps')}>
      {STEPS.map((step, index) => {
        const isOpen = onGo && index > 0 && index < 4
        const content = <><span className="import-step-mark" aria-hidden>{index < now ? <Check size={13} /> : index + 1}</span><span>{t(`imports.step.${step}`)}</span></>
        return (
          <li key={step} className="import-step" data-state={index < now ? 'past' : index === now ? 'now' : 'later'} aria-current={index === now ? 'step' : undefined}>
            {isOpen ? <button type="button" onClick={() => onGo(step as Step)}>{content}</button> : <span>{content}</span>}
          </li>
        )
      })}
    </ol>
  )
}

const SAYING: Record<string, string> = { staged: 'imports.checking', applying: 'imports.applying', undoing: 'imports.undoing' }

function Working({ run, onCancel }: { run: ImportRun; onCancel?: () => void }) {
  const { t, formats } = useWords()
  const total = run.progress?.progress_total ?? 0
  const done = Math.min(run.progress?.progress_done ?? 0, total)
  return (
    <Section>
      <div className="import-working" role="status">
        <p className="import-working-title">{t(SAYING[run.state] ?? 'imports.checking')}</p>
        <Progress percent={total > 0 ? Math.round((done / total) * 100) : 0} status="active" aria-label={t(SAYING[run.state] ?? 'imports.checking')} />
        <p className="muted">{run.state === 'staged' ? t('imports.checking_text') : t('imports.leave_text', { rows: formats.number(run.rows) })}</p>
        {onCancel && run.actions.includes('cancel') && <Button onClick={onCancel}>{t('verb.integrations.import.cancel')}</Button>}
      </div>
    </Section>
  )
}

/** Where the reader was; else the first step that needs a look. */
function stepOf(kept: Step | undefined, mapped: Mapped, run: ImportRun): Step {
  if (run.state === 'failed') return 'sheet'
  if (kept) return kept
  const isPlain = (mapped.layout.sheets?.length ?? 0) <= 1 && (mapped.layout.header_row ?? 1) === 1
  return isPlain ? 'columns' : 'sheet'
}

function Wizard({ run, target, mapped }: { run: ImportRun; target: Target; mapped: Mapped }) {
  const { words } = useWords()
  const [draft, keep] = useDraft(run.id)
  const [problem, setProblem] = useState<unknown>(null)
  const act = useAct(run.id)
  const step = stepOf(draft.step, mapped, run)
  const mapping: Mapping = draft.mapping ?? mapped.mapping ?? EMPTY

  function go(next: Step): void {
    setProblem(null)
    keep({ step: next })
    window.scrollTo({ top: 0 })
  }

  async function send(verb: string, args: object, next: Step): Promise<void> {
    setProblem(null)
    try {
      await act(verb, args)
      keep({ mapping: undefined, step: next })
    } catch (error) {
      setProblem(error)
    }
  }

  const useMapping = async (): Promise<void> => (isSame(mapping, mapped.mapping) ? go('check') : send('map', { mapping }, 'check'))
  const apply = (): Promise<void> => send('apply', {}, 'check')
  return (
    <>
      <Steps at={step} onGo={run.state === 'failed' ? undefined : (next) => (next === 'check' ? void useMapping() : go(next))} />
      {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, IMPORT)}</div>}
      {run.failure && <div className="form-problem" role="alert">{run.failure.text}</div>}
      <Suspense fallback={<Loading lines={8} />}>
        {step === 'sheet' && <SheetStep run={run} onUse={(layout) => (layout ? send('map', { layout }, 'columns') : Promise.resolve(go('columns')))} onReread={(layout) => send('map', { layout }, 'sheet')} />}
        {step === 'columns' && <MappingStep run={run} target={target} mapped={mapped} mapping={mapping} onChange={(next) => keep({ mapping: next })} onUse={useMapping} onSend={(args) => send('map', args, 'columns')} onBack={() => go('sheet')} />}
        {step === 'check' && <PreviewStep run={run} target={target} mapping={mapped.mapping ?? mapping} layout={mapped.layout} onApply={apply} onBack={() => go('columns')} />}
      </Suspense>
    </>
  )
}

function Body({ run }: { run: ImportRun }) {
  const act = useAct(run.id)
  const targets = useTargets()
  const target = useTarget(run.target)
  const isEditable = EDITABLE.has(run.state)
  const isWaiting = isRunning(run)
  const mapped = useMapped(run.id, `${run.progress?.job_id} ${run.state === 'failed'}`, !isWaiting)

  if (isWaiting) {
    return (
      <>
        <Steps at={run.state === 'staged' ? 'file' : run.state === 'applying' ? 'check' : 'done'} />
        <Working run={run} onCancel={run.state === 'undoing' ? undefined : () => void act('cancel')} />
      </>
    )
  }
  const fault = mapped.error ?? targets.error
  if (fault) return <Failed error={fault} onRetry={() => void mapped.refetch()} />
  if (!mapped.data || !targets.data) return <Loading lines={8} />
  const mayGoOn = isEditable && run.actions.includes('map') && target !== undefined
  // A job that broke off while it wrote is gone on with, or taken back; its rows stand as they were written.
  const isHalf = run.state === 'failed' && run.actions.includes('undo')
  if (mayGoOn && !isHalf) return <Wizard key={run.id} run={run} target={target} mapped={mapped.data} />
  return <><Steps at="done" /><Suspense fallback={<Loading lines={8} />}><ResultStep run={run} mapped={mapped.data} /></Suspense></>
}

export default function ImportPage() {
  const { t, words, formats } = useWords()
  const toasts = useToasts()
  const { id } = useParams({ from: '/inside/imports/$id' })
  const query = useImport(id, 1)
  const act = useAct(id)
  const run = query.data
  if (query.error) return <PageShell title={t('nav.imports')} over={<Link to="/imports" search={{}}>{t('nav.imports')}</Link>}><Failed error={query.error} onRetry={() => void query.refetch()} /></PageShell>
  if (!run) return <PageShell title={t('nav.imports')}><Loading lines={8} /></PageShell>
  if (run.kind !== 'table') return <Navigate to="/import/cobie" search={{ run: id }} replace />
  return (
    <PageShell
      title={run.file_name}
      over={<><Link to="/imports" search={{}}>{t('nav.imports')}</Link><span>· {t(`text.integrations.target.${run.target}`)}<span className="wide-only"> · {run.number} · {run.actor_name} · {formats.ago(run.created_at)}</span></span></>}
      tags={<StateTag kind={IMPORT} state={run.state} />}
      actions={run.state === 'checked' && run.actions.includes('cancel') && <Button onClick={() => void act('cancel').catch((error: unknown) => toasts.bad(problemWords(words, error, IMPORT)))}>{t('verb.integrations.import.cancel')}</Button>}
    >
      <Body run={run} />
    </PageShell>
  )
}
