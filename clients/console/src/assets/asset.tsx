// The asset's file: everything that is known of it and ever happened to it, on one page.
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, PageShell, Section, StateTag, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { Comments } from '../records/comments'
import { Files } from '../records/files'
import { History } from '../records/history'
import { useGrant } from '../session'
import { ASSET, useAssetFile, type Asset } from './data'
import { EditAsset } from './edit'
import { AttributesSection, CostsSection, FailuresSection, InstallationsSection, MetersSection, OrdersSection, RelatedSection } from './file'
import { QrSection } from './qr'
import { assetVerbs } from './verbs'

function FactsSection({ asset }: { asset: Asset }) {
  const { t, formats } = useWords()
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
        ]}
      />
    </Section>
  )
}

export default function AssetPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/assets/$id' })
  const mayOrder = useGrant('work.order.create')
  const query = useAssetFile(id)
  if (query.error && !query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Loading lines={10} />
  const { asset, code, sections } = query.data
  return (
    <PageShell
      title={asset.name}
      over={<><Link to="/assets">{t('nav.assets')}</Link> <span aria-hidden>/</span> {asset.number}</>}
      tags={<StateTag kind={ASSET} state={asset.state} />}
      actions={
        <>
          {mayOrder && <Link to="/orders/new" search={{ asset: asset.id }}><Button tabIndex={-1} icon={<Plus size={15} />}>{t('order.new')}</Button></Link>}
          <VerbBar isEven={asset.state === 'in_service'} target={{ kind: ASSET, id: asset.id, version: asset.version }} actions={asset.actions.filter((verb) => verb !== 'edit')} specs={assetVerbs} />
        </>
      }
    >
      <div className="split">
        <div className="split-main">
          {asset.description && asset.description !== asset.name && <Section><p className="prose asset-text">{asset.description}</p></Section>}
          {sections.orders && <OrdersSection orders={sections.orders} />}
          {sections.failures && <FailuresSection failures={sections.failures} />}
          {sections.documents && <Section title={t('asset.documents')}><Files kind={ASSET} id={asset.id} files={sections.documents} /></Section>}
          {sections.attributes && <AttributesSection attributes={sections.attributes} />}
          {sections.comments && <Comments kind={ASSET} id={asset.id} comments={sections.comments} />}
          {sections.history && <History kind={ASSET} id={asset.id} entries={sections.history} />}
        </div>
        <div className="split-side">
          <FactsSection asset={asset} />
          {code && <QrSection asset={asset} code={code} />}
          <RelatedSection sections={sections} />
          {sections.meters && <MetersSection assetId={asset.id} meters={sections.meters} />}
          {sections.installations && <InstallationsSection installations={sections.installations} />}
          {sections.costs && <CostsSection costs={sections.costs} />}
        </div>
      </div>
    </PageShell>
  )
}
