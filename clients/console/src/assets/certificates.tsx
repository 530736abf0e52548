// Warranty and statutory certificates of an asset: what holds until when, what is missing, what was revoked.
import { fileUrl } from '@trunnion/kit/api'
import { Facts, FormDialog, Section, StateTag, useSteps, type FieldSpec, type ReferenceSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Dropdown } from 'antd'
import { Ellipsis, Plus, ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import { partyReference } from '../references'
import { useGrant } from '../session'
import { ASSET, type Asset, type CertificateCard } from './data'
import { Deadline } from './deadline'

const CERTIFICATE = 'assets.certificate'
export const certificateKindReference: ReferenceSpec = {
  listing: 'assets/certificate_kinds', label: (row) => String(row.name), hint: (row) => String(row.code ?? ''), sort: 'name', isShort: true,
  filter: () => ({ field: 'is_active', op: 'eq', value: true }),
}

const word = (key: string): string => `field.${CERTIFICATE}.${key}`
const FIELDS: FieldSpec[] = [
  { key: 'kind_id', type: 'reference', words_key: word('kind_id'), isRequired: true, reference: certificateKindReference },
  { key: 'number', type: 'text', words_key: word('number'), isRequired: true, isHalf: true },
  { key: 'issued_on', type: 'date', words_key: word('issued_on'), isRequired: true, isHalf: true },
  { key: 'valid_until_on', type: 'date', words_key: word('valid_until_on'), isHalf: true },
  { key: 'next_due_on', type: 'date', words_key: word('next_due_on'), isHalf: true, help_key: 'life.next_due_help' },
  { key: 'issuer_party_id', type: 'reference', words_key: word('issuer_party_id'), reference: partyReference, isHalf: true },
  { key: 'issuer_name', type: 'text', words_key: word('issuer_name'), isHalf: true },
  { key: 'file_id', type: 'files', isSingle: true, words_key: word('file_id') },
  { key: 'remark', type: 'text', words_key: word('remark') },
]

/** A statutory certificate that is overdue or was never issued may forbid the use. */
export function NotUsable({ asset }: { asset: Asset }) {
  const { t, words } = useWords()
  if (!asset.usability || asset.usability.is_allowed) return null
  const reasons = asset.usability.reasons.map((reason) => {
    const [why, ...kind] = reason.split(': ')
    return t('life.not_usable_reason', { kind: kind.join(': '), why: t(`choice.${CERTIFICATE}.state.${why}`) })
  })
  return (
    <div className="banner banner-bad" role="status">
      <ShieldAlert size={16} aria-hidden />
      <span><strong>{t('life.not_usable')}</strong><span className="banner-text">{reasons.join(words.list)}</span></span>
    </div>
  )
}

function CertificateRow({ card, mayRevoke, onRevoke }: { card: CertificateCard; mayRevoke: boolean; onRevoke: () => void }) {
  const { t, formats } = useWords()
  const state = card.state ?? 'ended'
  const due = card.next_due_on
  return (
    <li className="certificate" data-over={!card.is_current || undefined}>
      <span className="row-title">{card.kind}</span>
      <span className="row-side">
        {card.revoked_at ? <span className="muted">{t('life.revoked')}</span> : card.is_current && due ? <Deadline on={due} /> : card.state ? <StateTag kind="" state={state} label={t(`choice.${CERTIFICATE}.state.${state}`)} /> : <span className="muted">{t('life.replaced')}</span>}
        {mayRevoke && (
          <Dropdown trigger={['click']} menu={{ items: [{ key: 'revoke', danger: true, label: t(`verb.${CERTIFICATE}.revoke`) }], onClick: onRevoke }}>
            <button type="button" className="icon-button" aria-label={t('kit.more')}><Ellipsis size={16} /></button>
          </Dropdown>
        )}
      </span>
      <span className="row-sub-wrap">
        {[card.number, card.issuer || card.issuer_name, card.issued_on && formats.date(card.issued_on), due && `${t(word('next_due_on'))} ${formats.date(due)}`, card.revoked_because || card.remark].filter(Boolean).join(' · ')}
        {card.file_id && <> · <a href={fileUrl(card.file_id)} target="_blank" rel="noreferrer">{t('life.file')}</a></>}
      </span>
    </li>
  )
}

export function CertificatesSection({ asset, certificates }: { asset: Asset; certificates: CertificateCard[] }) {
  const { t } = useWords()
  const run = useSteps(asset.id)
  const mayAdd = useGrant(`${CERTIFICATE}.create`)
  const mayRevoke = useGrant(`${CERTIFICATE}.revoke`)
  const [isAdding, setAdding] = useState<string | true | null>(null)
  const [revoked, setRevoked] = useState<CertificateCard | null>(null)
  const [isWhole, setWhole] = useState(false)
  const current = certificates.filter((one) => one.is_current || one.state === 'missing')
  const past = certificates.filter((one) => !current.includes(one))
  if (!certificates.length && !mayAdd) return null
  return (
    <Section title={t('life.certificates')} extra={mayAdd && <Button type="text" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t(`verb.${CERTIFICATE}.create`)}</Button>}>
      {certificates.length === 0 ? <p className="muted">{t('life.no_certificates')}</p> : (
        <ul className="certificates">
          {[...current, ...(isWhole ? past : [])].map((one) => (
            <CertificateRow key={one.id ?? one.kind_id} card={one} mayRevoke={mayRevoke && one.id !== null && !one.revoked_at} onRevoke={() => setRevoked(one)} />
          ))}
        </ul>
      )}
      {past.length > 0 && !isWhole && <button type="button" className="link-button" onClick={() => setWhole(true)}>{t('life.earlier', { count: past.length })}</button>}
      {isAdding && (
        <FormDialog kind={CERTIFICATE} title={t(`verb.${CERTIFICATE}.create`)} fields={FIELDS} initial={{ kind_id: current.find((one) => one.state === 'missing')?.kind_id }} onClose={() => setAdding(null)} onSubmit={async (values) => { await run([{ path: 'assets/certificates/create', args: { ...values, asset_id: asset.id } }], t('kit.verb_done', { verb: t(`verb.${CERTIFICATE}.create`) })) }} />
      )}
      {revoked && (
        <FormDialog kind={CERTIFICATE} title={t(`verb.${CERTIFICATE}.revoke`)} intro={`${revoked.kind} ${revoked.number}`} isDanger fields={[{ key: 'reason', type: 'longtext', words_key: word('reason'), isRequired: true, autoFocus: true }]} onClose={() => setRevoked(null)} onSubmit={async (values) => { await run([{ path: `assets/certificates/${revoked.id}/revoke`, args: values }]) }} />
      )}
    </Section>
  )
}

export function WarrantySection({ asset }: { asset: Asset }) {
  const { t, formats } = useWords()
  if (!asset.warranty_until_on) return null
  const label = (key: string): string => t(`field.${ASSET}.${key}`)
  return (
    <Section title={t('life.warranty')} extra={<Deadline on={asset.warranty_until_on} isPlain />}>
      <Facts facts={[
        { label: label('warranty_from_on'), value: asset.warranty_from_on && formats.date(asset.warranty_from_on) },
        { label: label('warranty_until_on'), value: formats.date(asset.warranty_until_on) },
        { label: label('supplier_party_id'), value: asset.supplier },
        { label: label('expected_end_on'), value: asset.expected_end_on && formats.date(asset.expected_end_on) },
      ]}
      />
    </Section>
  )
}
