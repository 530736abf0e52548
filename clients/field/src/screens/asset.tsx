// A machine's card: what it is, where it stands, what was done to it, and what can be begun from here.
import { fileUrl } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { FileText, MapPin, Plus, ShieldCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { State } from '../parts/badges'
import { Top, useField } from '../parts/context'
import type { AssetFile, PastOrder } from '../work/types'

const OVER = ['closed', 'confirmed', 'completed', 'cancelled', 'rejected', 'merged']
const LAST = 5

function Orders({ title, rows, known }: { title: string; rows: PastOrder[]; known: (id: string) => boolean }) {
  const { formats } = useWords()
  if (!rows.length) return null
  const face = (row: PastOrder) => (
    <span className="row-text">
      <strong>{row.title}</strong>
      <span className="soft">{[row.number, row.reported_at && formats.date(row.reported_at), row.remedy].filter(Boolean).join(' · ')}</span>
      <span className="tags"><State state={row.state} /></span>
    </span>
  )
  return (
    <section>
      <h2 className="list-title">{title} <span className="count">{rows.length}</span></h2>
      <ul className="rows">{rows.map((row) => <li key={row.id}>{known(row.id) ? <a className="row" href={`#/order/${row.id}`}>{face(row)}</a> : <div className="row">{face(row)}</div>}</li>)}</ul>
    </section>
  )
}

function Card({ file }: { file: AssetFile }) {
  const { t, formats } = useWords()
  const { asset, sections } = file
  return (
    <section className="card">
      <p className="tags"><span className="tag" data-tone="plain">{t(`state.assets.asset.${asset.state}`)}</span></p>
      {asset.place && <p className="fact"><MapPin size={18} aria-hidden /> {asset.place}</p>}
      <p className="soft">{[asset.model, asset.serial].filter(Boolean).join(' · ')}</p>
      {asset.warranty_until_on && <p className="fact"><ShieldCheck size={18} aria-hidden /> {t('job.warranty', { date: formats.date(asset.warranty_until_on) })}</p>}
      {(sections.documents ?? []).map((one) => <a key={one.file_id} className="fact" href={fileUrl(one.file_id)} target="_blank" rel="noreferrer"><FileText size={18} aria-hidden /> {one.name}</a>)}
      <a className="button" href={`#/new/${asset.id}`}><Plus size={20} aria-hidden /> {t('job.new_here')}</a>
    </section>
  )
}

export function AssetPage({ id }: { id: string }) {
  const { t } = useWords()
  const { field } = useField()
  const [error, setError] = useState<unknown>(null)
  const file = field.asset(id)
  useEffect(() => {
    setError(null)
    void field.fetchAsset(id).catch(setError)
  }, [field, id])
  if (!file) return <><Top title={t('job.asset')} back="" />{error ? <Failed error={error} /> : <Loading />}</>
  const orders = file.sections.orders ?? []
  const known = (orderId: string): boolean => field.order(orderId) !== null || field.state.isOnline
  return (
    <>
      <Top title={file.asset.name} sub={file.asset.number} back="" />
      <Card file={file} />
      <Orders title={t('job.open_orders')} rows={orders.filter(({ state }) => !OVER.includes(state))} known={known} />
      <Orders title={t('job.last_repairs')} rows={orders.filter(({ state }) => OVER.includes(state)).slice(0, LAST)} known={known} />
    </>
  )
}
