// The asset's file: everything that is known of it and ever happened to it, on one page.
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, PageShell, Section, StateTag, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { OrderSection } from '../orders/rows'
import { Comments } from '../records/comments'
import { Files } from '../records/files'
import { History } from '../records/history'
import { ASSET, useAsset, type Asset } from './data'
import { AttributesSection, CostsSection, FailuresSection, InstallationsSection } from './file'
import { QrSection } from './qr'
import { assetVerbs } from './verbs'

function FactsSection({ asset }: { asset: Asset }) {
  const { t, words, formats } = useWords()
  const field = (key: string): string => t(`field.${ASSET}.${key}`)
  const choice = (key: string, value: string | null | undefined) => value && words.first([`choice.${ASSET}.${key}.${value}`, value])
  const day = (value: string | null | undefined) => value && formats.date(value)
  return (
    <Section title={t('order.facts')}>
      <Facts
        facts={[
          { label: field('number'), value: asset.number },
          asset.location && { label: field('location'), value: <Link to="/locations" search={{ at: asset.location.id }}>{asset.location.name}</Link> },
          asset.position && { label: field('position'), value: asset.position.name },
          asset.parent && { label: field('parent'), value: <Link to="/assets/$id" params={{ id: asset.parent.id }}>{asset.parent.name}</Link> },
          asset.model && { label: field('model'), value: asset.model.name },
          asset.model?.manufacturer ? { label: field('manufacturer'), value: asset.model.manufacturer } : null,
          asset.model?.model_number ? { label: field('model_number'), value: asset.model.model_number } : null,
          { label: field('serial_number'), value: asset.serial_number },
          { label: field('tag'), value: asset.tag },
          { label: field('barcode'), value: asset.barcode },
          { label: field('criticality'), value: choice('criticality', asset.criticality) },
          { label: field('condition'), value: choice('condition', asset.condition) },
          asset.owner && { label: field('owner'), value: asset.owner.name },
          { label: field('purchased_on'), value: day(asset.purchased_on) },
          { label: field('installed_on'), value: day(asset.installed_on) },
          { label: field('warranty_until'), value: day(asset.warranty_until) },
          asset.replacement_cost && asset.currency ? { label: field('replacement_cost'), value: formats.money(asset.replacement_cost, asset.currency) } : null,
        ]}
      />
    </Section>
  )
}

export default function AssetPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/assets/$id' })
  const query = useAsset(id)
  const asset = query.data
  if (query.error && !asset) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!asset) return <Loading lines={10} />
  return (
    <PageShell
      title={asset.name}
      over={<><Link to="/assets">{t('nav.assets')}</Link> <span aria-hidden>/</span> {asset.number}</>}
      tags={<StateTag kind={ASSET} state={asset.state} />}
      actions={
        <>
          <Link to="/orders/new" search={{ asset: asset.id }}><Button tabIndex={-1} icon={<Plus size={15} />}>{t('order.new')}</Button></Link>
          <VerbBar target={{ kind: ASSET, id: asset.id, version: asset.version }} actions={asset.actions} specs={assetVerbs} />
        </>
      }
    >
      <div className="split">
        <div className="split-main">
          <OrderSection title={t('nav.orders')} filter={{ field: 'asset_id', op: 'eq', value: asset.id }} limit={20} emptyText={t('asset.no_orders')} />
          <FailuresSection assetId={asset.id} />
          <Section title={t('asset.documents')}><Files kind={ASSET} id={asset.id} /></Section>
          <AttributesSection kind={ASSET} id={asset.id} />
          <Comments kind={ASSET} id={asset.id} />
          <History entries={asset.history} />
        </div>
        <div className="split-side">
          <FactsSection asset={asset} />
          <QrSection asset={asset} />
          <InstallationsSection asset={asset} />
          <CostsSection assetId={asset.id} />
        </div>
      </div>
    </PageShell>
  )
}
