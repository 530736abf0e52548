// Certificate watch: statutory inspections that fall due, are overdue, or were never done; and which class needs which.
import '../life.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty, Loading } from '@trunnion/kit/plain'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Tabs } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import { ImportLink } from '../imports/link'
import { useGrant } from '../session'
import { useMissing } from './missing'
import { SpanChoice } from './span-choice'
import { FIRST, withinSpan } from './spans'

const Kinds = lazy(() => import('./kinds'))
const Lacking = lazy(() => import('./lacking'))
const COLUMNS = ['next_due_on', 'asset_name', 'asset_number', 'kind', 'state', 'site', 'location']
const CURRENT = { field: 'is_current', op: 'eq' as const, value: true }

function Due() {
  const { t, formats } = useWords()
  const { span = FIRST, tab, ...state } = useSearch({ from: '/inside/certificates' })
  const navigate = useNavigate({ from: '/certificates' })
  const today = formats.today()
  const filter = useMemo(() => {
    const within = withinSpan('next_due_on', span, today)
    return within ? { and: [CURRENT, within] } : CURRENT
  }, [span, today])
  return (
    <>
      <div className="span-row"><SpanChoice span={span} onSpan={(next) => void navigate({ search: { ...state, tab, span: next }, replace: true })} /></div>
      <DataTable
        listing="assets/certificates"
        state={state}
        onState={(next) => void navigate({ search: { ...next, tab, span }, replace: true })}
        baseFilter={filter}
        columns={COLUMNS}
        lead="asset_name"
        link={(row, content) => <Link to="/assets/$id" params={{ id: String(row.asset_id) }}>{content}</Link>}
        empty={<Empty title={t('watch.no_certificates')} text={t('watch.none_in_span')} />}
      />
    </>
  )
}

export default function Certificates() {
  const { t } = useWords()
  const { tab = 'due' } = useSearch({ from: '/inside/certificates' })
  const navigate = useNavigate({ from: '/certificates' })
  const mayKinds = useGrant('assets.certificate_kind.read')
  const lacking = useMissing().data?.rows.length ?? 0
  const items = [
    { key: 'due', label: t('watch.due'), children: <Due /> },
    { key: 'missing', label: <>{t('watch.missing')}{lacking > 0 && <span className="section-count">{lacking}</span>}</>, children: <div className="tab-scroll"><Suspense fallback={<Loading />}><Lacking /></Suspense></div> },
    ...(mayKinds ? [{ key: 'kinds', label: t('watch.kinds'), children: <div className="tab-scroll"><Suspense fallback={<Loading />}><Kinds /></Suspense></div> }] : []),
  ]
  return (
    <PageShell isFilling title={t('nav.certificates')} actions={<ImportLink target="certificates" />}>
      <Tabs className="filling-tabs" destroyOnHidden activeKey={tab} onChange={(key) => void navigate({ search: { tab: key === 'due' ? undefined : key }, replace: true })} items={items} />
    </PageShell>
  )
}
