// The asset's QR code: issued, shown as it is printed, given anew when a label is lost, ended when it must lead nowhere.
import { Link } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { FormDialog, Section, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Dropdown } from 'antd'
import { ChevronDown, Printer, QrCode, ScanLine } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useGrant } from '../session'
import type { Asset, Code } from './data'

const BindCode = lazy(() => import('../labels/bind'))

const BIND = 'bind'
type Act = 'issue' | 'reissue' | 'revoke'
type Ending = Exclude<Act, 'issue'>

const REASON: FieldSpec = { key: 'reason', type: 'text', words_key: 'field.work.order.reason', autoFocus: true }

function Label({ asset, code }: { asset: Asset; code: Code }) {
  const { t, formats } = useWords()
  return (
    <>
      <p className="muted label-caption screen-only">{t('asset.label_preview')}</p>
      <div className="label-sheet">
        <img className="qr" src={`/api/assets/assets/${asset.id}/qr.svg?at=${code.issued_at}`} alt={t('asset.qr_alt', { name: asset.name })} />
        <div>
          <p className="label-name">{asset.name}</p>
          <p>{asset.number}{asset.tag && ` · ${asset.tag}`}</p>
          <p className="muted label-hint">{t('asset.qr_hint')}</p>
        </div>
      </div>
      <p className="foot-note screen-only">
        <a href={code.path!} target="_blank" rel="noreferrer">{t('asset.qr_open')}</a>
        {code.issued_at && <> · {t('asset.qr_issued', { time: formats.dateTime(code.issued_at) })}</>}
      </p>
    </>
  )
}

export function QrSection({ asset, code }: { asset: Asset; code: Code }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const may: Record<Act, boolean> = { issue: useGrant('assets.qr.issue'), reissue: useGrant('assets.qr.reissue'), revoke: useGrant('assets.qr.revoke') }
  const mayPrint = useGrant('attach.label.print')
  const mayBind = useGrant('assets.qr.bind')
  const [isBinding, setBinding] = useState(false)
  const run = useSteps(asset.id)
  const [asked, setAsked] = useState<Ending | null>(null)
  const name = (verb: Act): string => t(`verb.assets.qr.${verb}`)

  async function act(verb: Act, reason?: unknown): Promise<void> {
    await run([{ path: `assets/qr/${verb}`, args: { asset_id: asset.id, ...(reason ? { reason } : {}) } }], t('kit.verb_done', { verb: name(verb) }))
  }

  async function issue(): Promise<void> {
    try {
      await act('issue')
    } catch (error) {
      toasts.bad(problemWords(words, error))
    }
  }

  if (!code.path && !may.issue && !mayBind) return null
  const others = (['reissue', 'revoke'] as const).filter((one) => may[one])
  const extra = code.path && (
    <span className="section-acts screen-only">
      {mayPrint && <Link className="section-link" to="/labels" search={{ ids: [asset.id] }}>{t('labels.of_marked')}</Link>}
      <Button type="text" icon={<Printer size={15} />} onClick={() => globalThis.print()}>{t('asset.print_label')}</Button>
      {(others.length > 0 || mayBind) && (
        <Dropdown trigger={['click']} menu={{ items: [...(mayBind ? [{ key: BIND, label: t('labels.bind_printed') }] : []), ...others.map((key) => ({ key, label: name(key), danger: key === 'revoke' }))], onClick: ({ key }) => (key === BIND ? setBinding(true) : setAsked(key as Ending)) }}>
          <Button type="text">{t('kit.more')} <ChevronDown size={14} aria-hidden /></Button>
        </Dropdown>
      )}
    </span>
  )
  return (
    <Section title={t('asset.qr')} extra={extra}>
      {code.path ? <Label asset={asset} code={code} /> : (
        <>
          <p className="muted">{t('asset.no_code')}</p>
          <p className="section-act section-acts">{may.issue && <Button icon={<QrCode size={15} />} onClick={() => void issue()}>{name('issue')}</Button>}{mayBind && <Button icon={<ScanLine size={15} />} onClick={() => setBinding(true)}>{t('labels.bind_printed')}</Button>}</p>
        </>
      )}
      {isBinding && <Suspense><BindCode asset={asset} onClose={() => setBinding(false)} /></Suspense>}
      {asked && (
        <FormDialog
          kind="assets.asset"
          title={name(asked)}
          submit={name(asked)}
          intro={t(`asset.qr_${asked}_intro`)}
          isDanger
          fields={[REASON]}
          onClose={() => setAsked(null)}
          onSubmit={(values) => act(asked, values.reason)}
        />
      )}
    </Section>
  )
}
