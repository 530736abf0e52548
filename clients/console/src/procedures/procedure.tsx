// One procedure: what it is for, its versions, the steps of the one that is looked at, and the phone.
import './procedures.css'
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, FormDialog, PageShell, Section, StateTag, useApi, VerbBar, type FieldSpec, type VerbSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Download, Pencil } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useWrites } from '../administration/writes'
import { Files } from '../records/files'
import { PROCEDURE, useProcedure, VERSION, type Procedure, type Version } from './data'
import { saveFile, tableUrl } from './exchange'
import { HEAD_FIELDS } from './list'
import { Preview } from './preview'

const Editor = lazy(() => import('./editor'))
const reason: FieldSpec = { key: 'reason', type: 'longtext', words_key: `field.${VERSION}.reason`, isRequired: true, autoFocus: true }
const VERBS: Record<string, VerbSpec> = {
  approve: { rank: 1, fields: [] },
  submit: { rank: 1, fields: [] },
  revise: { rank: 1, fields: [] },
  send_back: { rank: 2, fields: [reason] },
  retire: { fields: [reason], isDanger: true },
}

function Head({ procedure }: { procedure: Procedure }) {
  const { t, words } = useWords()
  const { edit } = useWrites(PROCEDURE, [procedure.id])
  const [isEditing, setEditing] = useState(false)
  const word = (key: string): string => t(`field.${PROCEDURE}.${key}`)
  const before = { name: procedure.name, description: procedure.description, purposes: procedure.purposes, classes: procedure.classes, model_ids: procedure.models.map((one) => one.id) }
  return (
    <Section title={t('order.facts')} extra={procedure.actions.includes('edit') && <Button type="text" icon={<Pencil size={14} />} onClick={() => setEditing(true)}>{t('people.edit')}</Button>}>
      <Facts
        facts={[
          { label: word('description'), value: procedure.description && <span className="prose">{procedure.description}</span> },
          { label: word('purposes'), value: procedure.purposes.map((one) => t(`choice.work.order.kind.${one}`)).join(words.list) || t('procedure.all_kinds') },
          { label: word('model_ids'), value: procedure.models.map((one) => one.name).join(words.list) },
          { label: word('classes'), value: procedure.classes.join(words.list) },
        ]}
      />
      <Files kind={PROCEDURE} id={procedure.id} files={procedure.files} />
      {isEditing && <FormDialog kind={PROCEDURE} title={t(`verb.${PROCEDURE}.edit`)} fields={HEAD_FIELDS} initial={before} onClose={() => setEditing(false)} onSubmit={(values) => edit(procedure, { purposes: [], classes: [], model_ids: [], ...values }, before)} />}
    </Section>
  )
}

function Versions({ procedure, shown, onShow }: { procedure: Procedure; shown: Version; onShow: (id: string) => void }) {
  const { t, formats } = useWords()
  return (
    <Section title={t('procedure.versions')} isBare>
      <ul className="rows">
        {procedure.versions.map((one) => (
          <li key={one.id}>
            <button type="button" className="version-row" aria-current={one.id === shown.id || undefined} onClick={() => onShow(one.id)}>
              <span className="row-title">{t('procedure.version', { no: one.no })}</span><StateTag kind={VERSION} state={one.state} />
              <span className="row-sub-wrap">{[one.change, one.approved_at ? `${one.approved_by_name} · ${formats.dateTime(one.approved_at)}` : `${one.written_by_name} · ${formats.dateTime(one.written_at)}`].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Reading({ version }: { version: Version }) {
  const { t } = useWords()
  return (
    <Section title={<>{t('procedure.steps')}<span className="section-count">{version.steps.length}</span></>}>
      <ol className="step-list">
        {version.steps.map((step, index) => (
          <li key={step.key}>
            {step.section && step.section !== version.steps[index - 1]?.section && <h3 className="sub-title">{step.section}</h3>}
            <div className="step-read"><span className="step-number">{index + 1}</span><span className="step-words"><span className="row-title">{step.title}</span><span className="row-sub-wrap">{[t(`choice.work.task.asks.${step.asks}`), (step.low !== null || step.high !== null) && t('order.task_limits', { low: step.low ?? '–', high: step.high ?? '–', unit: step.unit }), step.requirement !== 'optional' && t(`choice.knowledge.step.requirement.${step.requirement}`)].filter(Boolean).join(' · ')}</span>{step.instruction && <span className="prose">{step.instruction}</span>}</span></div>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Exchange({ procedure, version }: { procedure: Procedure; version: Version }) {
  const { t, language } = useWords()
  const api = useApi()
  if (!version.steps.length) return null
  return (
    <Section title={t('procedure.take_along')}>
      <p className="editor-acts">
        <Button icon={<Download size={14} />} onClick={() => void saveFile(api, version.id, `${procedure.number}-${version.no}`)}>{t('procedure.as_file')}</Button>
        <Button icon={<Download size={14} />} href={tableUrl(version.id, language)} download>{t('procedure.as_table')}</Button>
      </p>
    </Section>
  )
}

export default function ProcedurePage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/procedures/$id' })
  const query = useProcedure(id)
  const [chosen, setChosen] = useState<string | null>(null)
  const procedure = query.data
  if (query.error && !procedure) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!procedure) return <Loading lines={10} />
  const version = procedure.versions.find((one) => one.id === chosen) ?? procedure.versions[0]!
  const mayWrite = version.actions.includes('write')
  return (
    <PageShell
      title={procedure.name}
      over={<><Link to="/procedures" search={{}}>{t('nav.procedures')}</Link> <span aria-hidden>/</span> {procedure.number} · {t('procedure.version', { no: version.no })}</>}
      tags={<StateTag kind={VERSION} state={version.state} />}
      actions={<VerbBar isSticky target={{ kind: VERSION, id: version.id, version: version.version }} actions={version.actions.filter((verb) => verb !== 'write')} specs={VERBS} onDone={() => { setChosen(null); void query.refetch() }} />}
    >
      {version.remark && <div className="banner" role="status"><span><strong>{t(`field.${VERSION}.remark`)}</strong><span className="prose banner-text">{version.remark}</span></span></div>}
      <div className="split">
        <div className="split-main">
          {mayWrite ? <Suspense fallback={<Loading lines={8} />}><Editor key={`${version.id}`} version={version} name={procedure.name} procedureId={procedure.id} files={procedure.files} /></Suspense> : <div className="procedure-desk"><Reading version={version} /><Preview steps={version.steps} name={procedure.name} /></div>}
        </div>
        <div className="split-side">
          <Head procedure={procedure} />
          <Versions procedure={procedure} shown={version} onShow={setChosen} />
          <Exchange procedure={procedure} version={version} />
        </div>
      </div>
    </PageShell>
  )
}
