// By what assets are judged: the criticality matrix and the condition classes, each in versions.
import '../life.css'
import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Problem } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tabs } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { ASSET } from '../assets/data'
import { nameIn } from '../assets/standards'
import { useGrant } from '../session'
import { MatrixGrid } from './matrix-grid'
import type { MatrixVersion, ScaleVersion, Versions } from './standard-data'

const MatrixForm = lazy(() => import('./matrix-form'))
const ScaleForm = lazy(() => import('./scale-form'))

function Version({ one, children, onTake }: { one: MatrixVersion | ScaleVersion; children: ReactNode; onTake?: () => void }) {
  const { t, formats } = useWords()
  return (
    <Section
      title={<>{one.name} <span className="muted">{t('standards.version', { number: one.number })}</span></>}
      extra={onTake && <Button size="small" onClick={onTake}>{t('standards.as_draft')}</Button>}
    >
      <p className="muted">{t(one.is_current ? 'standards.in_force' : 'standards.earlier')} · {[one.made_by, formats.dateTime(one.created_at)].filter(Boolean).join(' · ')}</p>
      {children}
    </Section>
  )
}

function Axes({ matrix }: { matrix: MatrixVersion }) {
  const { t, words } = useWords()
  return (
    <>
      <MatrixGrid matrix={matrix} />
      <p className="label-like">{t('standards.combined', { how: t(`choice.assets.criticality_matrix.combine.${matrix.combine}`) })}</p>
      <ul className="plain-list">
        {matrix.bands.toSorted((a, b) => Number(b.at_least) - Number(a.at_least)).map((band) => <li key={band.level}><span className="band" data-level={band.level}>{band.level.toUpperCase()}</span> {t('standards.from', { result: Number(band.at_least), level: t(`choice.${ASSET}.criticality.${band.level}`) })}</li>)}
      </ul>
      <div className="axes">
        {matrix.axes.map((axis) => (
          <div key={axis.key} className="axis-card">
            <h3 className="sub-title">{nameIn(axis, words)}</h3>
            <ul className="plain-list">{axis.levels.toSorted((a, b) => b.score - a.score).map((level) => <li key={level.key}><span className="axis-score">{level.score}</span> {nameIn(level, words)}</li>)}</ul>
          </div>
        ))}
      </div>
    </>
  )
}

function Classes({ scale }: { scale: ScaleVersion }) {
  const { t, words } = useWords()
  return (
    <ul className="rows">
      {scale.levels.map((level) => (
        <li key={level.key} className="setting-row"><div className="setting-row-text"><p className="row-title"><span className="condition" data-condition={level.condition}>{level.key}</span> {nameIn(level, words)}</p><p className="row-sub-wrap">{t('standards.counts_as', { condition: t(`choice.${ASSET}.condition.${level.condition}`) })}</p></div></li>
      ))}
    </ul>
  )
}

interface ListProps<V> {
  versions: V[]
  mayMake: boolean
  make: string
  none: string
  body: (one: V) => ReactNode
  form: (from: V | undefined, onClose: () => void) => ReactNode
}

function VersionList<V extends MatrixVersion | ScaleVersion>({ versions, mayMake, make, none, body, form }: ListProps<V>) {
  const { t } = useWords()
  const [from, setFrom] = useState<V | 'new' | null>(null)
  const [isAll, setAll] = useState(false)
  const shown = isAll ? versions : versions.filter((one) => one.is_current)
  return (
    <div className="tab-scroll">
      <div className="narrow-wide">
        {mayMake && <p className="standards-head"><Button type="primary" icon={<Plus size={15} />} onClick={() => setFrom(versions[0] ?? 'new')}>{t(make)}</Button></p>}
        {versions.length === 0 && <Section><Empty title={t(none)} text={t('standards.none_text')} /></Section>}
        {shown.map((one) => <Version key={one.id} one={one} onTake={mayMake && !one.is_current ? () => setFrom(one) : undefined}>{body(one)}</Version>)}
        {!isAll && versions.length > shown.length && <Button type="link" onClick={() => setAll(true)}>{t('standards.show_earlier', { count: versions.length - shown.length })}</Button>}
        {from && <Suspense>{form(from === 'new' ? undefined : from, () => setFrom(null))}</Suspense>}
      </div>
    </div>
  )
}

function Both() {
  const { t } = useWords()
  const api = useApi()
  const { tab } = useSearch({ from: '/inside/administration/standards' })
  const navigate = useNavigate({ from: '/administration/standards' })
  const mayMatrix = useGrant('assets.criticality_matrix.create')
  const mayScale = useGrant('assets.condition_scale.create')
  const query = useQuery({ queryKey: ['list', 'assets/assessment_standards', 'versions'], queryFn: () => api.get<Versions>('assets/assessment_standards/versions') })
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Loading lines={8} />
  const { matrices, scales } = query.data
  return (
    <Tabs
      className="filling-tabs"
      tabBarGutter={16}
      destroyOnHidden
      activeKey={tab === 'scale' ? 'scale' : 'matrix'}
      onChange={(key) => void navigate({ search: { tab: key }, replace: true })}
      items={[
        { key: 'matrix', label: t('kind.assets.criticality_matrix'), children: <VersionList versions={matrices} mayMake={mayMatrix} make="standards.new_matrix" none="standards.no_matrix" body={(one) => <Axes matrix={one} />} form={(from, onClose) => <MatrixForm from={from} onClose={onClose} />} /> },
        { key: 'scale', label: t('kind.assets.condition_scale'), children: <VersionList versions={scales} mayMake={mayScale} make="standards.new_scale" none="standards.no_scale" body={(one) => <Classes scale={one} />} form={(from, onClose) => <ScaleForm from={from} onClose={onClose} />} /> },
      ]}
    />
  )
}

export default function StandardsPage() {
  const { t } = useWords()
  const mayRead = useGrant('assets.assessment.read')
  return <PageShell isFilling title={t('nav.standards')}>{mayRead ? <Both /> : <Failed error={new Problem(403, {})} />}</PageShell>
}
