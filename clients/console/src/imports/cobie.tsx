// COBie import: a workbook, a dry run with counts and bad rows, then the real thing with progress.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, StateTag, useApi, useRows, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress } from 'antd'
import { FileSpreadsheet } from 'lucide-react'
import { useId, useState } from 'react'
import { useGrant } from '../session'
import { IMPORTS, isRunning, useImport, type ImportRun } from './data'
import { Outcome } from './outcome'
import { TakenBack, UndoButton } from './taken-back'

const KIND = 'integrations.import'

function Choose({ name, onTaken }: { name: string | undefined; onTaken: (id: string) => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const input = useId()
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<unknown>(null)

  async function take(picked: File): Promise<void> {
    setProblem(null)
    setShare(0)
    try {
      onTaken((await api.upload(IMPORTS, picked, picked.name, setShare)).id)
    } catch (error) {
      setProblem(error)
    } finally {
      setShare(null)
    }
  }

  return (
    <>
      <input id={input} className="visually-hidden" type="file" accept=".xlsx,.xlsm" onChange={(event) => { const picked = event.target.files?.[0]; event.target.value = ''; if (picked) void take(picked) }} />
      <label htmlFor={input} className="drop-pick cobie-pick"><FileSpreadsheet size={18} aria-hidden /> {name ?? t('cobie.choose')}</label>
      {share !== null && <Progress percent={Math.round(share * 100)} aria-label={t('cobie.uploading')} />}
      {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, KIND)}</div>}
    </>
  )
}

function Working({ run }: { run: ImportRun }) {
  const { t, formats } = useWords()
  const total = run.progress?.progress_total ?? 0
  const done = run.progress?.progress_done ?? 0
  return (
    <div className="job" role="status">
      <p>{t(run.state === 'undoing' ? 'import.undoing' : run.state === 'applying' ? 'cobie.applying' : 'cobie.checking')}</p>
      {total > 1 ? <Progress percent={Math.round((done / total) * 100)} format={() => t('cobie.rows_of', { done: formats.number(done), total: formats.number(total) })} /> : <Loading lines={2} />}
    </div>
  )
}

function Recent({ onOpen }: { onOpen: (id: string) => void }) {
  const { t, formats } = useWords()
  const rows = useRows(IMPORTS, { sort: '-created_at', limit: 10 })
  if (rows.error || !rows.data?.rows.length) return rows.data ? <Section title={t('cobie.recent')}><Empty title={t('cobie.none_yet')} /></Section> : null
  return (
    <Section isBare title={t('cobie.recent')}>
      <ul className="rows">
        {rows.data.rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="row-link row-button" onClick={() => onOpen(row.id)}>
              <span className="row-title">{String(row.file_name)}</span>
              <span className="row-side"><StateTag kind={KIND} state={String(row.state)} /></span>
              <span className="row-sub">{[row.number, row.actor_name].filter(Boolean).join(' · ')}</span>
              <span className="row-side">{formats.ago(String(row.created_at))}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Next({ run, onDone }: { run: ImportRun; onDone: () => void }) {
  const { t, words } = useWords()
  const [problem, setProblem] = useState<unknown>(null)
  const act = useVerb({ kind: KIND, id: run.id }, onDone)
  if (run.state === 'undone') return null
  if (run.state === 'applied') {
    return (
      <>
        <p><Link to="/locations" search={{}}>{t('cobie.see_locations')}</Link> · <Link to="/assets">{t('cobie.see_assets')}</Link></p>
        <div className="cobie-next"><UndoButton run={run} onDone={onDone} /></div>
      </>
    )
  }
  return (
    <div className="cobie-next">
      {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, KIND)}</div>}
      {run.actions.includes('apply') && <Button type="primary" size="large" onClick={() => void act('apply', {}).catch(setProblem)}>{t('cobie.apply')}</Button>}
      {run.actions.includes('check') && <Button size="large" onClick={() => void act('check', {}).catch(setProblem)}>{t('cobie.check_again')}</Button>}
      <UndoButton run={run} onDone={onDone} />
    </div>
  )
}

export default function CobieImport() {
  const { t } = useWords()
  const mayImport = useGrant('integrations.import.create')
  const { run: id } = useSearch({ from: '/inside/import/cobie' })
  const navigate = useNavigate({ from: '/import/cobie' })
  const open = (run: string): void => void navigate({ search: { run } })
  const query = useImport(id, 1)
  const run = query.data
  return (
    <PageShell title={t('nav.cobie')}>
      <div className="narrow-wide">
        <Section>
          <p className="prose">{t('cobie.intro')}</p>
          {mayImport && <Choose key={id} name={run?.file_name} onTaken={open} />}
          {run && isRunning(run) && <Working run={run} />}
          {run?.failure && <div className="form-problem" role="alert">{t('cobie.failed')} {run.failure.text}</div>}
        </Section>
        {query.error && <Failed error={query.error} />}
        {run && !isRunning(run) && (
          <>
            <TakenBack run={run} />
            {run.rows > 0 && <Outcome run={run} />}
            <Next run={run} onDone={() => void query.refetch()} />
          </>
        )}
        {!id && <Recent onOpen={open} />}
      </div>
    </PageShell>
  )
}
