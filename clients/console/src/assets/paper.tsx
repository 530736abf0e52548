// A paper of an asset's life: what is written on it, its assets, what was checked, who signed, and what it waits for.
import '../life.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { fileUrl } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, PageShell, Section, StateTag, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Check, Printer, X } from 'lucide-react'
import { Files } from '../records/files'
import type { LinkedFile, SignatureCard } from '../records/stuck'
import { ASSET, type PaperCard, type Part, type Point } from './data'

const PAPER = 'assets.lifecycle_document'

interface Paper extends PaperCard {
  assets: (Omit<Part, 'id'> & { asset_id: string })[]
  files: LinkedFile[]
  signatures: SignatureCard[]
}

function PaperFactsSection({ paper }: { paper: Paper }) {
  const { t, formats } = useWords()
  const label = (key: string): string => t(`column.assets.lifecycle_documents.${key}`)
  const money = (value: string | null) => (value && paper.currency ? formats.money(value, paper.currency) : null)
  const named = (value: string, prefix: string) => value && t(`${prefix}.${value}`)
  return (
    <Section title={t('order.facts')}>
      <Facts facts={[
        { label: label('dated_at'), value: formats.dateTime(paper.dated_at) },
        { label: label('actor_name'), value: paper.actor_name },
        { label: label('external_number'), value: paper.external_number },
        { label: label('party'), value: paper.party },
        { label: label('amount'), value: money(paper.amount) },
        { label: label('proceeds'), value: money(paper.proceeds) },
        { label: label('due_on'), value: paper.due_on && formats.date(paper.due_on) },
        { label: label('result'), value: named(paper.result, 'choice.assets.paper.result') },
        { label: label('disposal'), value: named(paper.disposal, `choice.${ASSET}.disposal`) },
        { label: label('to_location'), value: paper.to_location },
        { label: t(`field.${ASSET}.owner_party_id`), value: paper.to_owner },
        { label: t(`field.${ASSET}.user_party_id`), value: paper.to_user },
        { label: t(`field.${ASSET}.model_id`), value: paper.model },
        paper.quantity > 1 && { label: t(`field.${ASSET}.quantity`), value: formats.number(paper.quantity) },
        { label: label('remark'), value: paper.remark },
        paper.approval_id !== null && { label: t('kind.identity.approval'), value: <Link to="/approvals/$id" params={{ id: paper.approval_id }}>{t('approval.see')}</Link> },
        paper.file_id !== null && { label: t(`field.${ASSET}.paper_file_id`), value: <a href={fileUrl(paper.file_id)} target="_blank" rel="noreferrer">{t('life.file')}</a> },
        paper.failed_because !== '' && { label: t('state.assets.lifecycle_document.failed'), value: paper.failed_because },
      ]}
      />
    </Section>
  )
}

function Points({ points }: { points: Point[] }) {
  const { t } = useWords()
  return (
    <Section title={t('life.checked')} isBare>
      <div className="table-wrap">
        <table className="small-table padded">
          <thead><tr><th>{t('kind.assets.acceptance_point')}</th><th>{t('column.assets.lifecycle_documents.result')}</th><th>{t('column.assets.lifecycle_documents.remark')}</th></tr></thead>
          <tbody>
            {points.map((one) => (
              <tr key={one.position}>
                <td>{one.position}. {one.text}</td>
                <td className={one.is_passed ? 'may' : 'may-not'}>{one.is_passed ? <Check size={14} aria-hidden /> : <X size={14} aria-hidden />} {t(one.is_passed ? 'life.passed_point' : 'life.failed_point')}</td>
                <td>{one.remark}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Signed({ signatures }: { signatures: SignatureCard[] }) {
  const { t, formats } = useWords()
  return (
    <Section title={t('life.signed')}>
      {signatures.map((one) => (
        <div key={one.id} className="signed">
          {one.image_id && <img src={fileUrl(one.image_id)} alt={t('life.signed_by', { name: one.signer_name })} />}
          <p><strong>{one.signer_name}</strong> <span className="muted">{formats.dateTime(one.signed_at)}</span></p>
          {one.remark && <p className="prose">{one.remark}</p>}
          {one.holds === false && <p className="report-stopped">{t('life.signature_broken')}</p>}
        </div>
      ))}
    </Section>
  )
}

export default function PaperPage() {
  const { t } = useWords()
  const api = useApi()
  const { id } = useParams({ from: '/inside/papers/$id' })
  const query = useQuery({ queryKey: ['detail', 'assets/lifecycle_documents', 'identity/approvals', id], queryFn: ({ signal }) => api.detail<Paper>(PAPER, id, signal) })
  const paper = query.data
  if (query.error && !paper) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!paper) return <Loading lines={8} />
  return (
    <PageShell
      title={`${t(`verb.${ASSET}.${paper.verb}`)} ${paper.number}`}
      over={paper.assets[0] && <><Link to="/assets">{t('nav.assets')}</Link> <span aria-hidden>/</span> <Link to="/assets/$id" params={{ id: paper.assets[0].asset_id }}>{paper.assets[0].name}</Link></>}
      tags={<StateTag kind={PAPER} state={paper.state} />}
      actions={<Button icon={<Printer size={15} />} onClick={() => globalThis.print()}>{t('asset.print_label')}</Button>}
    >
      <div className="split paper-sheet">
        <div className="split-main">
          {paper.points.length > 0 && <Points points={paper.points} />}
          <Section title={<>{t('nav.assets')}<span className="section-count">{paper.assets.length}</span></>} isBare>
            <ul className="rows">
              {paper.assets.map((one) => (
                <li key={one.asset_id}>
                  <Link to="/assets/$id" params={{ id: one.asset_id }} className="row-link">
                    <span className="row-title">{one.name}</span>
                    <span className="row-side"><StateTag kind={ASSET} state={one.state} /></span>
                    <span className="row-sub">{one.number}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
          {paper.signatures.length > 0 && <Signed signatures={paper.signatures} />}
          <Section title={t('asset.documents')}><Files kind={PAPER} id={id} files={paper.files} /></Section>
        </div>
        <div className="split-side"><PaperFactsSection paper={paper} /></div>
      </div>
    </PageShell>
  )
}
