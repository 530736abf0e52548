// Imports: choose what comes in, bring a file or pasted cells; below, what came in before.
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Problem, problemWords } from '@trunnion/kit/api'
import { DropZone, Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Progress, Tabs } from 'antd'
import { ClipboardPaste, FileSpreadsheet, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useGrant } from '../session'
import { IMPORT, useTakeIn } from './data'
import { keepPaste, keptPaste } from './draft'
import { useTargets, type Target } from './targets'
import './imports.css'

const Past = lazy(() => import('./past'))

const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods'

function Kinds({ targets }: { targets: Target[] }) {
  const { t } = useWords()
  return (
    <Section title={t('imports.what')} isBare>
      <ul className="import-kinds">
        {targets.map((one) => (
          <li key={one.name}>
            <Link to="/imports" search={{ as: one.name }} className="import-kind">
              <span className="import-kind-title">{one.title}</span>
              <span className="import-kind-text">{t(`imports.kind.${one.name}`)}</span>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/import/cobie" search={{}} className="import-kind">
            <span className="import-kind-title">{t('choice.integrations.import.kind.cobie')}</span>
            <span className="import-kind-text">{t('imports.kind.cobie')}</span>
          </Link>
        </li>
      </ul>
    </Section>
  )
}

interface TakeProps {
  share: number | null
  onFile: (file: Blob, name: string) => void
}

function DropFile({ share, onFile }: TakeProps) {
  const { t } = useWords()
  const label = (
    <>
      <FileSpreadsheet size={22} aria-hidden />
      <span><strong>{t('imports.drop')}</strong><span className="muted import-drop-text">{t('imports.drop_text')}</span></span>
    </>
  )
  return <DropZone accept={ACCEPTED} isDisabled={share !== null} className="import-drop" label={label} onFiles={([file]) => file && onFile(file, file.name)} />
}

const CELLS = /[\t\n]/

function PasteCells({ share, onFile }: TakeProps) {
  const { t, formats } = useWords()
  const [text, setText] = useState(keptPaste)
  const lines = text.split(/\r?\n/).filter((line) => line.trim())
  const width = Math.max(0, ...lines.slice(0, 50).map((line) => line.split('\t').length))

  function change(next: string): void {
    setText(next)
    keepPaste(next)
  }

  return (
    <div className="import-paste">
      <textarea className="import-paste-field" rows={8} aria-label={t('imports.paste')} placeholder={t('imports.paste_hint')} spellCheck={false} value={text} onChange={(event) => change(event.target.value)} />
      <div className="import-paste-foot">
        <span className="muted" role="status">{lines.length > 0 && t('imports.pasted', { rows: formats.number(lines.length), columns: formats.number(width) })}</span>
        {text && <Button type="text" icon={<X size={14} />} onClick={() => change('')}>{t('kit.clear')}</Button>}
        <Button type="primary" icon={<ClipboardPaste size={15} />} disabled={!CELLS.test(text.trim())} loading={share !== null} onClick={() => onFile(new Blob([text], { type: 'text/tab-separated-values' }), `${t('imports.pasted_name')}.tsv`)}>{t('imports.use_pasted')}</Button>
      </div>
    </div>
  )
}

function TakeIn({ target }: { target: Target }) {
  const { t, words } = useWords()
  const navigate = useNavigate()
  const takeIn = useTakeIn()
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<unknown>(null)

  async function take(file: Blob, name: string): Promise<void> {
    setProblem(null)
    setShare(0)
    try {
      const id = await takeIn(target.name, file, name, setShare)
      keepPaste('')
      await navigate({ to: '/imports/$id', params: { id } })
    } catch (error) {
      setProblem(error)
      setShare(null)
    }
  }

  const props: TakeProps = { share, onFile: (file, name) => void take(file, name) }
  return (
    <Section title={<>{t('imports.take_in', { what: target.title })}</>} extra={<Link className="section-link" to="/imports" search={{}}>{t('imports.other_kind')}</Link>}>
      <Tabs
        className="import-ways"
        defaultActiveKey={keptPaste() ? 'paste' : 'file'}
        items={[{ key: 'file', label: t('imports.way_file'), children: <DropFile {...props} /> }, { key: 'paste', label: t('imports.way_paste'), children: <PasteCells {...props} /> }]}
      />
      {share !== null && <Progress percent={Math.round(share * 100)} aria-label={t('cobie.uploading')} />}
      {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, IMPORT)}</div>}
      <p className="foot-note">{t('imports.nothing_yet', { fields: target.fields.filter((one) => one.required).map((one) => one.title).join(words.list) || '-' })}</p>
    </Section>
  )
}

function Choose({ as }: { as: string | undefined }) {
  const { t } = useWords()
  const targets = useTargets()
  if (targets.error) return <Failed error={targets.error} onRetry={() => void targets.refetch()} />
  if (!targets.data) return <Loading lines={4} />
  const chosen = targets.data.rows.find((one) => one.name === as)
  if (chosen) return <TakeIn key={chosen.name} target={chosen} />
  if (targets.data.rows.length === 0) return <Section><Empty title={t('imports.no_kinds')} text={t('imports.no_kinds_text')} /></Section>
  return <Kinds targets={targets.data.rows} />
}

export default function Imports() {
  const { t } = useWords()
  const { as, table } = useSearch({ from: '/inside/imports' })
  const mayRead = useGrant('integrations.import.read')
  const mayCreate = useGrant('integrations.import.create')
  if (!mayRead && !mayCreate) return <PageShell title={t('nav.imports')}><Failed error={new Problem(403, {})} /></PageShell>
  return (
    <PageShell title={t('nav.imports')}>
      <div className="import-start">
        {mayCreate && <Choose as={as} />}
        {mayRead && <Suspense fallback={<Loading lines={6} />}><Past state={table ?? {}} /></Suspense>}
      </div>
    </PageShell>
  )
}
