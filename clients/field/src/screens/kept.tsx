// What lies on this phone for a day without a line: each order, machine and list, how large and how old it is.
import { useWords } from '@trunnion/kit/words'
import { ListChecks, RefreshCw, Wrench } from 'lucide-react'
import { State } from '../parts/badges'
import { Top, useField } from '../parts/context'
import type { Kept } from '../work/kept'

const ICONS = { order: ListChecks, asset: Wrench, codes: ListChecks }

function Rows({ title, rows }: { title: string; rows: Kept[] }) {
  const { t, formats } = useWords()
  const { field } = useField()
  if (!rows.length) return null
  const bytes = rows.reduce((sum, one) => sum + one.bytes, 0)
  return (
    <section>
      <h2 className="list-title">{title} <span className="count">{rows.length}</span> <span className="soft">{formats.bytes(bytes)}</span></h2>
      <ul className="rows">
        {rows.map((one) => {
          const Icon = ICONS[one.kind]
          const order = one.kind === 'order' ? field.order(one.recordId) : null
          const face = (
            <>
              <Icon size={18} aria-hidden />
              <span className="row-text">
                <strong>{one.title || t('phone.kept_codes_all')}</strong>
                <span className="soft">{[one.number, formats.bytes(one.bytes), one.at > 0 && formats.ago(new Date(one.at).toISOString()), field.isUnsent(one.recordId) && t('phone.not_sent')].filter(Boolean).join(' · ')}</span>
              </span>
              {order && <State state={order.state} />}
            </>
          )
          return <li key={one.id}>{one.kind === 'codes' ? <div className="row">{face}</div> : <a className="row" href={`#/${one.kind}/${one.recordId}`}>{face}</a>}</li>
        })}
      </ul>
    </section>
  )
}

export default function KeptPage() {
  const { t, language, formats } = useWords()
  const { field, state } = useField()
  const kept = field.kept()
  const { pressure } = state
  return (
    <>
      <Top title={t('phone.kept')} sub={pressure ? t('phone.storage_used', { used: formats.bytes(pressure.used), free: formats.bytes(pressure.free) }) : undefined} back="me" />
      <p className="soft">{t('phone.kept_text')}</p>
      <button type="button" className="button button-quiet" disabled={state.isReading || !state.isOnline} onClick={() => void field.fetchAgain(language)}><RefreshCw size={18} aria-hidden /> {t(state.isReading ? 'job.reading' : 'phone.fetch_again')}</button>
      <Rows title={t('phone.kept_orders')} rows={kept.filter((one) => one.kind === 'order')} />
      <Rows title={t('phone.kept_assets')} rows={kept.filter((one) => one.kind === 'asset')} />
      <Rows title={t('phone.kept_codes')} rows={kept.filter((one) => one.kind === 'codes')} />
    </>
  )
}
