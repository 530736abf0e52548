// Scan landing: what this is, what is already reported here, and the way to report.
import type { Api } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { ChevronRight, MapPin, Wrench } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAnswer, type ScanAnswer } from './data'
import { Report, type SentAnswer } from './report'
import { Sent } from './sent'

function AssetCard({ asset }: { asset: ScanAnswer['asset'] }) {
  return (
    <div className="asset">
      {asset.photo ? <img src={asset.photo} alt="" /> : <span className="asset-mark" aria-hidden><Wrench size={26} /></span>}
      <div>
        <h1>{asset.name}</h1>
        <p className="soft">{[asset.number, asset.model].filter(Boolean).join(' · ')}</p>
        {asset.place && <p className="soft"><MapPin size={13} aria-hidden /> {asset.place}</p>}
      </div>
    </div>
  )
}

const Manuals = ({ token, manuals }: { token: string; manuals: ScanAnswer['manuals'] }) => {
  const { t } = useWords()
  return manuals.map(({ id, name }) => <a key={id} className="button button-quiet" href={`/api/service/scan/${token}/manuals/${id}`} target="_blank" rel="noreferrer">{manuals.length > 1 ? name : t('portal.manual')}</a>)
}

function OpenReports({ open }: { open: ScanAnswer['open'] }) {
  const { t, words, formats } = useWords()
  return (
    <section className="open-reports">
      <h2>{t('portal.already_reported')}</h2>
      <p className="soft">{t('portal.already_text')}</p>
      <ul>
        {open.map((one) => (
          <li key={one.progress_token}>
            <a className="open-report" href={`/p/${one.progress_token}`}>
              <span>
                <strong>{one.title}</strong>
                <span className="soft">{words.first([`state.work.order.${one.state}`, `state.service.request.${one.state}`])} · {[formats.ago(one.reported_at), one.engineer].filter(Boolean).join(' · ')}</span>
              </span>
              <span className="follow">{t('portal.follow')} <ChevronRight size={16} aria-hidden /></span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Scan({ api, token }: { api: Api; token: string }) {
  const { t, language } = useWords()
  const answer = useAnswer<ScanAnswer>(api, `service/scan/${token}?language=${language}`)
  const [isOther, setOther] = useState(false)
  const [sent, setSent] = useState<SentAnswer | null>(null)
  const name = answer.data?.asset.name

  useEffect(() => {
    if (name) document.title = name
  }, [name])

  if (answer.error) return <Failed error={answer.error} onRetry={answer.reload} />
  if (!answer.data) return <Loading />
  if (sent) return <Sent {...sent} />
  const { asset, open } = answer.data
  const isAsking = open.length === 0 || isOther
  return (
    <>
      <AssetCard asset={asset} />
      <Manuals token={token} manuals={answer.data.manuals} />
      {open.length > 0 && <OpenReports open={open} />}
      {isAsking ? <Report base={`service/scan/${token}`} uploads={`/api/service/scan/${token}/uploads`} group={token} symptoms={answer.data.symptoms} onSent={setSent} /> : <button type="button" className="button button-quiet" onClick={() => setOther(true)}>{t('portal.report_other')}</button>}
    </>
  )
}
