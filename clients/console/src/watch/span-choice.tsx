// Chooses how far ahead a list of what ends looks.
import { useWords } from '@trunnion/kit/words'
import { Segmented } from 'antd'
import { SPANS, type Span } from './spans'

export function SpanChoice({ span, onSpan }: { span: Span; onSpan: (span: Span) => void }) {
  const { t } = useWords()
  const options = SPANS.map((value) => ({ value, label: value === 'over' ? t('watch.over') : value === 'all' ? t('watch.all') : t('watch.within', { days: value }) }))
  return <Segmented aria-label={t('watch.span')} className="spans" value={span} options={options} onChange={(value) => onSpan(value)} />
}
