// The asset's file: everything that is known of it and ever happened to it, on one page.
import '../life.css'
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { customFacts, Facts, PageShell, Section, StateTag, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Combine, Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { MergedSection } from '../merging/around'
import { Comments } from '../records/comments'
import { Files } from '../records/files'
import { EditableHistory } from '../records/history'
import { useGrant, useMe } from '../session'
import { AssessmentsSection } from './assess'
import { CertificatesSection, NotUsable, WarrantySection } from './certificates'
import { ASSET, useAssetFile, type Asset, type AssetFile, type Sections } from './data'
import { DefectsSection } from './defects'
import { ASSET_FIELDS, EditAsset } from './edit'
import { AttributesSection, CostsSection, FailuresSection, InstallationsSection, OrdersSection, RelatedSection } from './file'
import { IdleSection } from './idle'
import { LifeSection, MovesSection } from './life'
import { MetersSection } from './meters'
import { QrSection } from './qr'
import { TrendsSection } from './trends'
import { assetVerbs } from './verbs'

const AcceptanceForm = lazy(() => import('./acceptance'))
const AssessForm = lazy(() => import('./assess-forms'))
const PickOther = lazy(() => import('../merging/pick'))

function FactsSection({ asset }: { asset: Asset }) {
  const { t, words, formats } = useWords()
  const field = (key: string): string => t(`field.${ASSET}.${key}`)
  const choice = (key: string, value: string | undefined) => value && t(`choice.${ASSET}.${key}.${value}`)
  const day = (value: string | null | undefined) => value && formats.date(value)
  return (
    <Section title={t('order.facts')} extra={asset.actions.includes('edit') && <EditAsset asset={asset} />}>
      <Facts
        facts={[
          { label: field('number'), value: asset.number },
          asset.location_id !== null && { label: field('location_id'), value: <Link to="/locations" search={{ at: asset.location_id }}>{asset.place}</Link> },
          asset.position ? { label: field('position_id'), value: [asset.position_code, asset.position].filter(Boolean).join(' ') } : null,
          asset.parent_id !== null && { label: field('parent_id'), value: <Link to="/assets/$id" params={{ id: asset.parent_id }}>{asset.parent}</Link> },
          { label: field('model_id'), value: asset.model },
          { label: t('asset.manufacturer'), value: asset.manufacturer },
          { label: t('asset.model_number'), value: asset.model_number },
          { label: field('serial'), value: asset.serial },
          { label: field('tag'), value: asset.tag },
          { label: field('barcode'), value: asset.barcode },
          { label: field('criticality'), value: choice('criticality', asset.criticality) },
          { label: field('condition'), value: choice('condition', asset.condition) },
          { label: field('owner_party_id'), value: asset.owner },
          { label: field('user_party_id'), value: asset.user === asset.owner ? null : asset.user },
          { label: field('purchased_on'), value: day(asset.purchased_on) },
          { label: field('installed_on'), value: day(asset.installed_on) },
          { label: field('in_service_on'), value: day(asset.in_service_on) },
          { label: field('warranty_until_on'), value: day(asset.warranty_until_on) },
          asset.price && asset.currency ? { label: field('price'), value: formats.money(asset.price, asset.currency) } : null,
          ...customFacts(asset.custom, words, formats),
        ]}
      />
    </Section>
  )
}

/** Which of the page's own forms is open. */
type Opened = 'acceptance' | 'assess' | 'assess_condition' | 'merge' | null

function Merged({ asset }: { asset: Asset }) {
  const { t } = useWords()
  if (!asset.merged_into_id) return null
  return (
    <div className="banner banner-plain" role="status">
      <Combine size={16} aria-hidden />
      <span>{t('merge.was_merged')} <Link to="/assets/$id" params={{ id: asset.merged_into_id }}>{t('merge.open_kept')}</Link></span>
    </div>
  )
}

interface FormsProps {
  asset: Asset
  sections: Sections
  opened: Opened
  onClose: () => void
}

function Forms({ asset, sections, opened, onClose }: FormsProps) {
  if (opened === 'acceptance') return <AcceptanceForm asset={asset} defects={sections.defects?.filter((one) => one.state === 'open') ?? []} may={{ accept: asset.actions.includes('accept'), fail: asset.actions.includes('fail_acceptance') }} onClose={onClose} />
  if (opened === 'merge') return <PickOther kind="assets" id={asset.id} onClose={onClose} />
  return opened ? <AssessForm what={opened} asset={asset} onClose={onClose} /> : null
}

function Sides({ file, onAssess }: { file: AssetFile; onAssess: (what: 'assess' | 'assess_condition') => void }) {
  const { asset, code, sections } = file
  return (
    <div className="split-side">
      <FactsSection asset={asset} />
      <WarrantySection asset={asset} />
      {sections.certificates && <CertificatesSection asset={asset} certificates={sections.certificates} />}
      {sections.meters && <MetersSection assetId={asset.id} meters={sections.meters} />}
      <AssessmentsSection asset={asset} assessments={sections.assessments} conditions={sections.conditions} onAssess={onAssess} />
      {sections.installations && <InstallationsSection installations={sections.installations} />}
      <RelatedSection assetId={asset.id} sections={sections} />
      {sections.idle_findings && <IdleSection findings={sections.idle_findings} />}
      {code && <QrSection asset={asset} code={code} />}
      <MergedSection kind={ASSET} id={asset.id} merged={asset.merged ?? []} />
      {sections.costs && <CostsSection costs={sections.costs} />}
    </div>
  )
}

export default function AssetPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/assets/$id' })
  const mayOrder = useGrant('work.order.create')
  const home = useMe()?.organisation.currency ?? ''
  const query = useAssetFile(id)
  const [opened, setOpened] = useState<Opened>(null)
  const specs = useMemo(() => {
    const acceptance = (): void => setOpened('acceptance')
    return assetVerbs(home, { accept: acceptance, fail_acceptance: acceptance, assess: () => setOpened('assess'), assess_condition: () => setOpened('assess_condition'), merge: () => setOpened('merge') })
  }, [home])
  if (query.error && !query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Loading lines={10} />
  const { asset, sections } = query.data
  return (
    <PageShell
      title={asset.name}
      over={<><Link to="/assets">{t('nav.assets')}</Link> <span aria-hidden>/</span> {asset.number}</>}
      tags={<StateTag kind={ASSET} state={asset.state} />}
      actions={
        <>
          {mayOrder && !asset.merged_into_id && <Link to="/orders/new" search={{ asset: asset.id }}><Button tabIndex={-1} icon={<Plus size={15} />}>{t('order.new')}</Button></Link>}
          <VerbBar isEven={asset.state === 'in_service'} target={{ kind: ASSET, id: asset.id, version: asset.version }} actions={asset.actions.filter((verb) => verb !== 'edit')} specs={specs} />
        </>
      }
    >
      <Merged asset={asset} />
      <NotUsable asset={asset} />
      {sections.moves && !asset.merged_into_id && <LifeSection asset={asset} sections={sections} specs={specs} />}
      <div className="split">
        <div className="split-main">
          {asset.description && asset.description !== asset.name && <Section><p className="prose asset-text">{asset.description}</p></Section>}
          {sections.defects && <DefectsSection defects={sections.defects} />}
          {sections.orders && <OrdersSection orders={sections.orders} />}
          {sections.orders && <TrendsSection assetId={asset.id} />}
          {sections.failures && <FailuresSection failures={sections.failures} />}
          {sections.moves && <MovesSection moves={sections.moves} papers={sections.papers} />}
          {sections.documents && <Section title={t('asset.documents')}><Files kind={ASSET} id={asset.id} files={sections.documents} /></Section>}
          {sections.attributes && <AttributesSection attributes={sections.attributes} />}
          {sections.comments && <Comments kind={ASSET} id={asset.id} comments={sections.comments} />}
          {sections.history && <EditableHistory kind={ASSET} record={asset} fields={ASSET_FIELDS} mayEdit={asset.actions.includes('edit')} entries={sections.history} />}
        </div>
        <Sides file={query.data} onAssess={setOpened} />
      </div>
      <Suspense><Forms asset={asset} sections={sections} opened={opened} onClose={() => setOpened(null)} /></Suspense>
    </PageShell>
  )
}
