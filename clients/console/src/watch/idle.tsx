// Idle equipment: what nobody uses, narrowed to what one needs, and the way to claim it before something new is bought.
import '../life.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import type { Filter } from '@trunnion/kit/api'
import { DataTable, PageShell, useRows } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Segmented, Tabs } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useGrant } from '../session'

const RequestNew = lazy(() => import('../assets/request'))
const Need = lazy(() => import('./need'))
const IdleRules = lazy(() => import('./idle-rules'))
const COLUMNS = ['asset_name', 'asset_number', 'state', 'idle_days', 'cause', 'model', 'site', 'location', 'price', 'offered_until_on', 'claimed_location']
const FREE = ['found', 'offered']

function useClassPath(id: string | undefined): string | undefined {
  const row = useRows('catalog/equipment_classes', { filter: { field: 'id', op: 'eq', value: id }, limit: 1 }, id !== undefined).data?.rows[0]
  return id && row ? String(row.path) : undefined
}

function Found() {
  const { t } = useWords()
  const { need, open = 'free', tab, ...state } = useSearch({ from: '/inside/idle' })
  const navigate = useNavigate({ from: '/idle' })
  const path = useClassPath(need)
  const filter = useMemo((): Filter | undefined => {
    const parts: Filter[] = []
    if (open === 'free') parts.push({ field: 'state', op: 'in', value: FREE })
    if (open === 'claimed') parts.push({ field: 'state', op: 'eq', value: 'claimed' })
    if (path) parts.push({ field: 'equipment_class_path', op: 'starts', value: path })
    return parts.length ? { and: parts } : undefined
  }, [open, path])
  const go = (facts: { need?: string; open?: 'free' | 'claimed' | 'all' }): void => void navigate({ search: { ...state, tab, need, open, ...facts }, replace: true })
  return (
    <>
      <div className="span-row">
        <Segmented aria-label={t('watch.which_idle')} value={open} options={(['free', 'claimed', 'all'] as const).map((value) => ({ value, label: t(`watch.idle_${value}`) }))} onChange={(value) => go({ open: value })} />
        <span className="need"><Suspense><Need value={need} onChange={(value) => go({ need: value })} /></Suspense></span>
      </div>
      <DataTable
        listing="assets/idle_findings"
        state={state}
        onState={(next) => void navigate({ search: { ...next, tab, need, open }, replace: true })}
        baseFilter={filter}
        columns={COLUMNS}
        lead="asset_name"
        link={(row, content) => <Link to="/idle/$id" params={{ id: row.id }}>{content}</Link>}
        empty={<Empty title={t(need ? 'watch.none_fits' : 'watch.no_idle')} text={t(need ? 'watch.none_fits_text' : 'watch.no_idle_text')} />}
      />
    </>
  )
}

export default function Idle() {
  const { t } = useWords()
  const { tab = 'found' } = useSearch({ from: '/inside/idle' })
  const navigate = useNavigate({ from: '/idle' })
  const mayRules = useGrant('assets.idle_rule.read')
  const mayRequest = useGrant('assets.asset.request_new')
  const [isAsking, setAsking] = useState(false)
  const items = [
    { key: 'found', label: t('watch.idle_found'), children: <Found /> },
    ...(mayRules ? [{ key: 'rules', label: t('watch.idle_rules'), children: <div className="tab-scroll"><Suspense><IdleRules /></Suspense></div> }] : []),
  ]
  return (
    <PageShell isFilling title={t('nav.idle')} actions={mayRequest && <Button icon={<Plus size={15} />} onClick={() => setAsking(true)}>{t('verb.assets.asset.request_new')}</Button>}>
      <Tabs className="filling-tabs" destroyOnHidden activeKey={tab} onChange={(key) => void navigate({ search: { tab: key === 'found' ? undefined : key }, replace: true })} items={items} />
      {isAsking && <Suspense><RequestNew onClose={() => setAsking(false)} /></Suspense>}
    </PageShell>
  )
}
