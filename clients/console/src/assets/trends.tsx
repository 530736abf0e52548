// Every check point of the asset's procedures over time: a line within its limits, or a strip of verdicts.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Section, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { placed } from './trend-line'

interface Answer {
  value: string
  number: string | null
  result: string
  answered_at: string
  answered_by_name: string
  order_id: string
  order_number: string
}

interface Point {
  procedure_id: string
  procedure: string
  step_key: string
  title: string
  unit: string
  low: string | null
  high: string | null
  answers: Answer[]
}

const WIDTH = 220
const HEIGHT = 44

function Curve({ point, label }: { point: Point; label: string }) {
  const shown = placed(point.answers.map((one) => ({ at: Date.parse(one.answered_at), value: Number(one.number) })), point, WIDTH, HEIGHT)
  return (
    <svg className="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {shown.limits.map((y) => <line key={y} x1={0} x2={WIDTH} y1={y} y2={y} className="trend-limit" />)}
      <polyline points={shown.dots.map(({ x, y }) => `${x},${y}`).join(' ')} className="trend-line" />
      {shown.dots.map(({ x, y }, index) => <circle key={point.answers[index]!.order_id + point.answers[index]!.answered_at} cx={x} cy={y} r={3} data-result={point.answers[index]!.result} />)}
    </svg>
  )
}

function Line({ point }: { point: Point }) {
  const { t, formats } = useWords()
  const last = point.answers.at(-1)!
  const told = (one: Answer): string => [one.value, point.unit].filter(Boolean).join(' ') || t(`choice.work.task.result.${one.result}`)
  const label = t('procedure.trend_of', { title: point.title, count: point.answers.length, value: told(last) })
  const isMeasured = point.answers.every((one) => one.number !== null)
  return (
    <li className="trend-row">
      <span className="row-title">{point.title}</span>
      <span className="trend-last" data-result={last.result}>{last.number === null && last.value ? t(`choice.work.task.result.${last.result}`) : told(last)}</span>
      {isMeasured ? <Curve point={point} label={label} /> : <span className="trend-strip" role="img" aria-label={label}>{point.answers.map((one) => <span key={one.order_id + one.answered_at} data-result={one.result} title={`${formats.dateTime(one.answered_at)} · ${t(`choice.work.task.result.${one.result}`)}`} />)}</span>}
      <span className="row-sub-wrap">{point.procedure} · <Link to="/orders/$id" params={{ id: last.order_id }}>{last.order_number}</Link> · {formats.dateTime(last.answered_at)}</span>
    </li>
  )
}

export function TrendsSection({ assetId }: { assetId: string }) {
  const { t } = useWords()
  const api = useApi()
  const points = useQuery({ queryKey: ['detail', 'work/trends', assetId], queryFn: () => api.get<{ points: Point[] }>(`work/trends/${assetId}`) }).data?.points
  if (!points?.length) return null
  return (
    <Section title={t('procedure.trends')} isBare>
      <ul className="rows">{points.map((point) => <Line key={point.procedure_id + point.step_key} point={point} />)}</ul>
    </Section>
  )
}
