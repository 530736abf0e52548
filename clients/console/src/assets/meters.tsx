// Meters of an asset: the last figure, its curve, its readings, and entering the next one.
import { useQuery } from '@tanstack/react-query'
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { FormDialog, Section, useApi, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { choices } from '../orders/verbs'
import { useGrant } from '../session'
import { curveOf, type Reading } from './curve'
import type { MeterCard } from './data'

const METER = 'assets.meter'
const READING = 'assets.reading'
const WIDTH = 320
const HEIGHT = 96
const LEFT = 46

function Chart({ meter, readings }: { meter: MeterCard; readings: Reading[] }) {
  const { t, formats } = useWords()
  const curve = curveOf(readings, meter.kind === 'counter', WIDTH, HEIGHT)
  if (!curve) return <p className="muted">{t('life.too_few_readings')}</p>
  const [first, last] = [curve.points[0]!.reading, curve.points.at(-1)!.reading]
  return (
    <svg className="curve" viewBox={`0 -8 ${LEFT + WIDTH + 8} ${HEIGHT + 26}`} role="img" aria-label={t('life.curve_of', { name: meter.name, from: formats.date(first.read_at), until: formats.date(last.read_at) })}>
      {curve.marks.map((mark) => (
        <g key={mark.value}>
          <line className="curve-grid" x1={LEFT} x2={LEFT + WIDTH} y1={mark.y} y2={mark.y} />
          <text className="curve-text" x={LEFT - 6} y={mark.y + 3.5} textAnchor="end">{formats.number(mark.value, 2)}</text>
        </g>
      ))}
      <g transform={`translate(${LEFT} 0)`}>
        <path className="curve-line" d={curve.path} />
        {curve.points.map(({ x, y, reading }) => <circle key={reading.id} className="curve-dot" cx={x} cy={y} r="2.6"><title>{`${formats.number(reading.value)} ${meter.unit} · ${formats.dateTime(reading.read_at)}`}</title></circle>)}
      </g>
      <text className="curve-text" x={LEFT} y={HEIGHT + 15}>{formats.date(first.read_at)}</text>
      <text className="curve-text" x={LEFT + WIDTH} y={HEIGHT + 15} textAnchor="end">{formats.date(last.read_at)}</text>
    </svg>
  )
}

const SHOWN = 6

function MeterDetail({ assetId, meter }: { assetId: string; meter: MeterCard }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const run = useSteps(assetId)
  const mayReverse = useGrant(`${READING}.reverse`)
  const query = useQuery({ queryKey: ['detail', 'assets/meters', meter.id, assetId, meter.last_read_at], queryFn: () => api.detail<{ readings: Reading[] }>(METER, meter.id) })
  if (query.error) return <Failed error={query.error} />
  if (!query.data) return <Loading lines={4} />
  const { readings } = query.data

  async function reverse(id: string): Promise<void> {
    try {
      await run([{ path: `assets/readings/${id}/reverse`, args: {} }], t('kit.verb_done', { verb: t(`verb.${READING}.reverse`) }))
      await query.refetch()
    } catch (error) {
      toasts.bad(problemWords(words, error, READING))
    }
  }

  return (
    <div className="meter-detail">
      <Chart meter={meter} readings={readings} />
      <div className="table-wrap">
        <table className="small-table">
          <thead><tr><th>{t(`field.${READING}.read_at`)}</th><th data-numeric="true">{t(`field.${READING}.value`)}</th><th><span className="visually-hidden">{t('kit.more')}</span></th></tr></thead>
          <tbody>
            {readings.slice(0, SHOWN).map((one) => (
              <tr key={one.id} data-undone={one.is_reversed || one.entry === 'reversal' || undefined}>
                <td>{formats.dateTime(one.read_at)}{one.entry !== 'reading' && <span className="muted"> {t(`choice.${READING}.entry.${one.entry}`)}</span>}</td>
                <td data-numeric="true">{formats.number(one.value)} {meter.unit}</td>
                <td data-numeric="true">{mayReverse && !one.is_reversed && one.entry !== 'reversal' && <button type="button" className="link-button" onClick={() => void reverse(one.id)}>{t(`verb.${READING}.reverse`)}</button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function readingFields(meter: MeterCard): FieldSpec[] {
  const word = (key: string): string => `field.${READING}.${key}`
  return [
    { key: 'value', type: 'number', words_key: word('value'), isRequired: true, unit: meter.unit, autoFocus: true, isHalf: true },
    { key: 'read_at', type: 'datetime', words_key: word('read_at'), isHalf: true, help_key: 'life.at_help' },
    ...(meter.kind === 'counter' && meter.rolls_over_at ? [{ key: 'rolled_over', type: 'boolean', words_key: word('rolled_over') } as FieldSpec] : []),
    { key: 'remark', type: 'text', words_key: word('remark') },
  ]
}

function MeterRow({ assetId, meter, mayRead }: { assetId: string; meter: MeterCard; mayRead: boolean }) {
  const { t, formats } = useWords()
  const run = useSteps(assetId)
  const [isOpen, setOpen] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const Icon = isOpen ? ChevronDown : ChevronRight
  return (
    <li>
      <div className="meter">
        <button type="button" className="meter-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon size={15} aria-hidden />
          <span>{meter.name} {meter.last_value !== null && <strong>{formats.number(meter.last_value)} {meter.unit}</strong>} {meter.last_read_at && <span className="muted">{formats.ago(meter.last_read_at)}</span>}{!meter.is_active && <span className="muted"> {t('life.meter_retired')}</span>}</span>
        </button>
        {mayRead && meter.is_active && <Button size="small" onClick={() => setAsking(true)}>{t(`verb.${READING}.record`)}</Button>}
      </div>
      {isOpen && <MeterDetail assetId={assetId} meter={meter} />}
      {isAsking && (
        <FormDialog
          kind={READING}
          title={`${t(`verb.${READING}.record`)}: ${meter.name}`}
          intro={meter.last_value === null ? undefined : t('life.last_reading', { value: `${formats.number(meter.last_value)} ${meter.unit}`, when: meter.last_read_at ? formats.dateTime(meter.last_read_at) : '' })}
          fields={readingFields(meter)}
          onClose={() => setAsking(false)}
          onSubmit={async (values) => { await run([{ path: 'assets/readings/record', args: { ...values, meter_id: meter.id, value: String(values.value) } }], t('kit.verb_done', { verb: t(`verb.${READING}.record`) })) }}
        />
      )}
    </li>
  )
}

const word = (key: string): string => `field.${METER}.${key}`
const NEW: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: word('name'), isRequired: true, autoFocus: true },
  { key: 'kind', type: 'choice', words_key: word('kind'), isRequired: true, isHalf: true, choices: choices(['counter', 'gauge'], `choice.${METER}.kind`) },
  { key: 'unit', type: 'text', words_key: word('unit'), isRequired: true, isHalf: true, help_key: 'life.unit_help' },
  { key: 'rolls_over_at', type: 'number', words_key: word('rolls_over_at'), isHalf: true, when: (values) => values.kind === 'counter' },
  { key: 'code', type: 'text', words_key: word('code'), isHalf: true },
]

export function MetersSection({ assetId, meters }: { assetId: string; meters: MeterCard[] }) {
  const { t } = useWords()
  const run = useSteps(assetId)
  const mayRead = useGrant(`${READING}.record`)
  const mayAdd = useGrant(`${METER}.create`)
  const [isAdding, setAdding] = useState(false)
  if (!meters.length && !mayAdd) return null
  return (
    <Section title={t('asset.meters')} extra={mayAdd && <Button type="text" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t(`verb.${METER}.create`)}</Button>}>
      {meters.length === 0 ? <p className="muted">{t('life.no_meters')}</p> : <ul className="meters">{meters.map((one) => <MeterRow key={one.id} assetId={assetId} meter={one} mayRead={mayRead} />)}</ul>}
      {isAdding && <FormDialog kind={METER} title={t(`verb.${METER}.create`)} fields={NEW} initial={{ kind: 'counter', unit: 'h' }} onClose={() => setAdding(false)} onSubmit={async (values) => { await run([{ path: 'assets/meters/create', args: { ...values, asset_id: assetId, ...(values.rolls_over_at !== undefined && { rolls_over_at: String(values.rolls_over_at) }) } }]) }} />}
    </Section>
  )
}
