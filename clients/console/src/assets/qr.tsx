// The asset's QR code: issued, shown, printed.
import { problemWords } from '@trunnion/kit/api'
import { Section, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Printer, QrCode } from 'lucide-react'
import { useGrant } from '../session'
import type { Asset, Code } from './data'

export function QrSection({ asset, code }: { asset: Asset; code: Code }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const mayIssue = useGrant('assets.qr.issue')
  const run = useSteps(asset.id)

  async function issue(): Promise<void> {
    try {
      await run([{ path: 'assets/qr/issue', args: { asset_id: asset.id } }], t('kit.verb_done', { verb: t('verb.assets.qr.issue') }))
    } catch (error) {
      toasts.bad(problemWords(words, error))
    }
  }

  if (!code.path && !mayIssue) return null
  const print = code.path && <Button type="text" icon={<Printer size={15} />} onClick={() => globalThis.print()}>{t('asset.print_label')}</Button>
  return (
    <Section title={t('asset.qr')} extra={print}>
      {code.path ? (
        <div className="label-sheet">
          <img className="qr" src={`/api/assets/assets/${asset.id}/qr.svg?at=${code.issued_at}`} alt={t('asset.qr_alt', { name: asset.name })} />
          <div>
            <p className="label-name">{asset.name}</p>
            <p>{asset.number}</p>
            <p className="muted label-hint">{t('asset.qr_hint')}</p>
            <a className="screen-only" href={code.path} target="_blank" rel="noreferrer">{t('asset.qr_open')}</a>
          </div>
        </div>
      ) : (
        <>
          <p className="muted">{t('asset.no_code')}</p>
          <p className="section-act"><Button icon={<QrCode size={15} />} onClick={() => void issue()}>{t('verb.assets.qr.issue')}</Button></p>
        </>
      )}
    </Section>
  )
}
