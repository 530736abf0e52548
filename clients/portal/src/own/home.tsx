// One's sites, the machines there, and what is open.
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { ChevronRight, MapPin, Search, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { api } from '../carrying'
import { useAnswer } from '../data'
import type { AssetRow, HomeAnswer } from './data'
import { RequestList } from './requests'

const COLUMNS = 'id,number,name,model,serial,site,location,state,warranty_until_on'
const MOST = 200

function assetsPath(site: string | null, search: string): string {
  const asked = new URLSearchParams({ columns: COLUMNS, limit: String(MOST), sort: 'name' })
  if (site) asked.set('filter', JSON.stringify({ field: 'site_id', op: 'eq', value: site }))
  if (search.trim()) asked.set('search', search.trim())
  return `assets/assets?${asked}`
}

function Assets({ site, search }: { site: string | null; search: string }) {
  const { t, formats } = useWords()
  const { data, error, reload } = useAnswer<{ rows: AssetRow[] }>(api, assetsPath(site, search))
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  if (error) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading lines={3} />
  if (!data.rows.length) return <p className="soft">{t(search ? 'kit.nothing_matches' : 'portal.own.no_assets')}</p>
  return (
    <ul className="rows">
      {data.rows.map((row) => (
        <li key={row.id}>
          <a className="row" href={`/portal/assets/${row.id}`}>
            <span className="row-main"><strong>{row.name}</strong><span className="soft">{[row.number, row.model, row.location].filter(Boolean).join(' · ')}</span></span>
            {row.warranty_until_on && row.warranty_until_on >= today && <span className="good"><ShieldCheck size={14} aria-hidden /> {t('portal.own.warranty_until', { on: formats.date(row.warranty_until_on) })}</span>}
            <ChevronRight size={18} aria-hidden />
          </a>
        </li>
      ))}
    </ul>
  )
}

export function Home() {
  const { t } = useWords()
  const { data, error, reload } = useAnswer<HomeAnswer>(api, 'service/own/home')
  const [site, setSite] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  if (error) return <Failed error={error} onRetry={reload} />
  if (!data) return <Loading />
  const sites = data.sites.filter((one) => one.id)
  return (
    <div className="own-columns">
      <section className="card">
        <h1>{data.customers.map(({ name }) => name).join(' · ') || t('portal.own.home')}</h1>
        <label className="search"><Search size={18} aria-hidden /><input type="search" aria-label={t('portal.own.search')} placeholder={t('portal.own.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} /></label>
        {sites.length > 1 && (
          <div className="chips" role="group" aria-label={t('portal.own.sites')}>
            <button type="button" className="chip" aria-pressed={site === null} onClick={() => setSite(null)}>{t('portal.own.all_sites')}</button>
            {sites.map((one) => <button key={one.id} type="button" className="chip" aria-pressed={site === one.id} onClick={() => setSite(one.id)}><MapPin size={13} aria-hidden /> {one.name} <span className="count">{one.assets}</span></button>)}
          </div>
        )}
        <Assets site={site} search={search} />
      </section>
      <section className="card open-first">
        <h2>{t('portal.own.open')} <span className="count">{data.open.length}</span></h2>
        <RequestList rows={data.open} empty="portal.own.nothing_open" />
      </section>
    </div>
  )
}
