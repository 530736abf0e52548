// The asset's QR code, to look at and to print.
import { Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Printer } from 'lucide-react'
import type { Asset } from './data'

export function QrSection({ asset }: { asset: Asset }) {
  const { t } = useWords()
  if (!asset.qr_path) return null
  const address = new URL(asset.qr_path, location.origin).href
  return (
    <Section title={t('asset.qr')} extra={<Button type="text" icon={<Printer size={15} />} onClick={() => print()}>{t('asset.print_label')}</Button>}>
      <div className="label-sheet">
        <img className="qr" src={`/api/assets/assets/${asset.id}/qr.svg`} alt={t('asset.qr_alt', { name: asset.name })} />
        <div>
          <p className="label-name">{asset.name}</p>
          <p>{asset.number}</p>
          <p className="muted label-hint">{t('asset.qr_hint')}</p>
          <a className="screen-only" href={address} target="_blank" rel="noreferrer">{t('asset.qr_open')}</a>
        </div>
      </div>
    </Section>
  )
}
