// What is to be bought, with the arithmetic behind each figure and those who wait for it.
import './purchases.css'
import { Link, useNavigate } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Section, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useUnitName } from '../items/data'
import { useGrant } from '../session'
import { useSuggestions, type Suggestion } from './data'

const keyOf = (one: Suggestion): string => `${one.item_id}:${one.store_id}`

/** Each line of the sum, so that the terms can be added up by whoever asks. */
function Why({ one }: { one: Suggestion }) {
  const { t, formats } = useWords()
  const unitName = useUnitName()
  const n = (value: string): string => formats.number(value)
  const unit = unitName(one.own_unit)
  return (
    <ul className="why">
      <li>{t('purchase.why_level', { on_hand: n(one.on_hand), reserved: n(one.reserved), short: n(one.short), incoming: n(one.incoming), level: n(one.level), unit })}</li>
      {one.method === 'min_max' && <li>{t('purchase.why_levels', { point: n(one.reorder_point), upper: n(one.order_up_to) })}</li>}
      {one.method === 'reorder_point' && (
        <>
          <li>{t('purchase.why_month', { month: n(one.month), method: t(`choice.inventory.demand.method.${one.forecast_by || 'mean'}`), factor: n(one.factor), deviation: n(one.deviation) })}</li>
          <li>{t('purchase.why_point', { point: n(one.reorder_point), lead: n(one.lead_demand), days: one.lead_days, safety: n(one.safety), z: n(one.z) })}</li>
          <li>{t('purchase.why_upper', { upper: n(one.order_up_to) })}</li>
        </>
      )}
      {one.method === '' && <li>{t('purchase.why_lacking')}</li>}
      <li>{t('purchase.why_packs', { needed: n(one.needed), unit, quantity: n(one.quantity), pack: unitName(one.unit), holds: n(one.pack) })}</li>
    </ul>
  )
}

interface RowProps {
  one: Suggestion
  isMarked: boolean
  onMark: (isMarked: boolean) => void
}

function SuggestionRow({ one, isMarked, onMark }: RowProps) {
  const { t, formats } = useWords()
  const unitName = useUnitName()
  return (
    <li className="suggestion">
      <Checkbox checked={isMarked} aria-label={t('purchase.mark', { name: one.item_name })} onChange={(event) => onMark(event.target.checked)} />
      <div>
        <p className="suggestion-head">
          <Link to="/items/$id" params={{ id: one.item_id }}>{one.item_code} {one.item_name}</Link>
          <strong>{formats.number(one.quantity)} {unitName(one.unit)}</strong>
        </p>
        <p className="muted">{[one.store, one.supplier ?? t('purchase.no_supplier'), one.price && formats.money(one.price, one.currency)].filter(Boolean).join(' · ')}</p>
        {one.waiting.length > 0 && (
          <p className="suggestion-waiting">{t('purchase.waiting')} {one.waiting.map((wait) => [wait.label, `× ${formats.number(wait.quantity)}`, wait.needed_at && formats.date(wait.needed_at)].filter(Boolean).join(' ')).join(' · ')}</p>
        )}
        <details><summary>{t('purchase.why', { quantity: formats.number(one.quantity) })}</summary><Why one={one} /></details>
      </div>
    </li>
  )
}

export default function Suggestions() {
  const { t, words } = useWords()
  const query = useSuggestions()
  const toasts = useToasts()
  const navigate = useNavigate()
  const run = useSteps('inventory/replenishment/suggestions')
  const mayDraft = useGrant('inventory.replenishment.draft')
  const [unmarked, setUnmarked] = useState<Set<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  if (query.error && !query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Loading lines={6} />
  const { rows } = query.data
  if (!rows.length) return <Empty title={t('purchase.nothing')} text={t('purchase.nothing_text')} />
  const marked = rows.filter((one) => !unmarked.has(keyOf(one)))

  async function draft(): Promise<void> {
    setBusy(true)
    try {
      const lines = marked.map((one) => ({
        item_id: one.item_id, store_id: one.store_id, quantity: one.quantity, unit: one.unit, party_id: one.party_id, currency: one.currency || null,
        reason: one.waiting.map((wait) => wait.label).filter(Boolean).join(', ').slice(0, 500),
      }))
      const done = await run([{ path: 'inventory/replenishment/draft', args: { lines } }], t('purchase.drafted'))
      const orders = (done as unknown as { orders?: { id: string }[] } | undefined)?.orders ?? []
      if (orders.length === 1) await navigate({ to: '/purchases/$id', params: { id: orders[0]!.id } })
      else await navigate({ to: '/purchases', search: { tab: 'purchases' } })
    } catch (error) {
      toasts.bad(problemWords(words, error, 'inventory.replenishment'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Section
      title={t('purchase.suggested', { count: rows.length })}
      extra={mayDraft && <Button type="primary" loading={isBusy} disabled={!marked.length} onClick={() => void draft()}>{t('purchase.draft', { count: marked.length })}</Button>}
    >
      <ul className="plain-list">
        {rows.map((one) => (
          <SuggestionRow
            key={keyOf(one)}
            one={one}
            isMarked={!unmarked.has(keyOf(one))}
            onMark={(isMarked) => setUnmarked((before) => { const next = new Set(before); if (isMarked) next.delete(keyOf(one)); else next.add(keyOf(one)); return next })}
          />
        ))}
      </ul>
    </Section>
  )
}
