// One machine: what it is, its warranty, its papers, what was done to it, and the way to report something.
import { fileUrl, thumbnailUrl } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { FileText, MapPin, ShieldCheck, ShieldOff, Wrench } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '../carrying'
import { useAnswer } from '../data'
import { Report, type SentAnswer } from '../report'
import { Sent } from '../sent'
import type { AssetAnswer, Paper, Visit } from './data'
import { RequestList } from './requests'

function Warranty({ asset }: { asset: AssetAnswer['asset'] }) {
  const { t, formats } = useWords()
  if (!asset.warranty_until_on) return <p className="soft"><ShieldOff size={16} aria-hidden /> {t('portal.own.no_warranty')}</p>
  const words = t(asset.is_under_warranty ? 'portal.own.warranty_until' : 'portal.own.warranty_over', { on: formats.date(asset.warranty_until_on) })
  return <p className={asset.is_under_warranty ? 'good' : 'soft'}>{asset.is_under_warranty ? <ShieldCheck size={16} aria-hidden /> : <ShieldOff size={16} aria-hidden />} {words}</p>
}

function Facts({ asset }: { asset: AssetAnswer['asset'] }) {
  const { t, formats } = useWords()
  const day = (on: string | null): string | null => (on ? formats.date(on) : null)
  const facts: [string, string | null][] = [
    ['manufacturer', asset.manufacturer], ['model', [asset.model, asset.model_number].filter(Boolean).join(' · ') || null], ['serial', asset.serial], ['tag', asset.tag],
    ['made_on', day(asset.made_on)], ['installed_on', day(asset.installed_on)], ['in_service_on', day(asset.in_service_on)],
  ]
  return <dl className="facts">{facts.filter(([, value]) => value).map(([key, value]) => <div key={key}><dt>{t(`portal.own.fact.${key}`)}</dt><dd>{value}</dd></div>)}</dl>
}

function Papers({ papers }: { papers: Paper[] }) {
  const { t, formats } = useWords()
  return (
    <section className="card">
      <h2>{t('portal.own.documents')}</h2>
      {!papers.length && <p className="soft">{t('portal.own.no_documents')}</p>}
      <ul className="rows">
        {papers.map((paper) => <li key={paper.id}><a className="row" href={fileUrl(paper.id)} target="_blank" rel="noreferrer"><FileText size={18} aria-hidden /><span className="row-main"><strong>{paper.name}</strong><span className="soft">{formats.number(Math.max(1, Math.round(paper.size / 1024)))} kB</span></span></a></li>)}
      </ul>
    </section>
  )
}

function History({ visits }: { visits: Visit[] }) {
  const { t, formats } = useWords()
  return (
    <section className="card">
      <h2>{t('portal.own.history')}</h2>
      {!visits.length && <p className="soft">{t('portal.own.no_history')}</p>}
      <ul className="rows">
        {visits.map((visit) => (
          <li key={visit.id} className="visit">
            <p><strong>{visit.title}</strong> <span className="state">{t(`state.work.order.${visit.state}`)}</span></p>
            <p className="soft">{[visit.number, visit.at ? formats.date(visit.at.slice(0, 10)) : '', visit.engineer].filter(Boolean).join(' · ')}</p>
            {visit.remedy && <p className="remedy">{visit.remedy}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

export function AssetPage({ id }: { id: string }) {
  const { t, language } = useWords()
  const { data, error, reload } = useAnswer<AssetAnswer>(api, `service/own/assets/${id}?language=${language}`)
  const [isReporting, setReporting] = useState(false)
  const [sent, setSent] = useState<SentAnswer | null>(null)
  const name = data?.asset.name
  useEffect(() => { if (name) document.title = name }, [name])

  if (error) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />
  if (sent) return <Sent {...sent} />
  const { asset } = data
  return (
    <div className="own-columns">
      <div className="column">
        <section className="card">
          <div className="asset-head">
            {data.photo ? <img src={thumbnailUrl(data.photo)} alt="" /> : <span className="asset-mark" aria-hidden><Wrench size={26} /></span>}
            <div>
              <h1>{asset.name}</h1>
              <p className="soft">{asset.number}</p>
              {asset.place && <p className="soft"><MapPin size={13} aria-hidden /> {asset.place}</p>}
            </div>
          </div>
          <Warranty asset={asset} />
          <Facts asset={asset} />
        </section>
        {isReporting
          ? <Report base={`service/own/assets/${id}`} uploads="/api/attach/uploads" group={`own:${id}`} symptoms={data.symptoms} isKnown onSent={setSent} />
          : <button type="button" className="button" onClick={() => setReporting(true)}>{t('portal.own.report')}</button>}
        <Papers papers={data.documents} />
      </div>
      <div className="column">
        <section className="card">
          <h2>{t('portal.own.requests')}</h2>
          <RequestList rows={data.requests} empty="portal.own.nothing_reported" />
        </section>
        <History visits={data.history} />
      </div>
    </div>
  )
}
