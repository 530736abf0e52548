// Warranty watch: which warranties end soon, so that what is wrong is claimed in time.
import '../life.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, PageShell } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useMemo } from 'react'
import { SpanChoice } from './span-choice'
import { FIRST, withinSpan } from './spans'

const COLUMNS = ['warranty_until_on', 'number', 'name', 'state', 'model', 'manufacturer', 'site', 'location']

export default function Warranties() {
  const { t, formats } = useWords()
  const { span = FIRST, ...state } = useSearch({ from: '/inside/warranties' })
  const navigate = useNavigate({ from: '/warranties' })
  const today = formats.today()
  const filter = useMemo(() => withinSpan('warranty_until_on', span, today), [span, today])
  return (
    <PageShell isFilling title={t('nav.warranties')}>
      <div className="span-row"><SpanChoice span={span} onSpan={(next) => void navigate({ search: { ...state, span: next }, replace: true })} /><span className="muted wide-only">{t('watch.warranties_intro')}</span></div>
      <DataTable
        listing="assets/warranties"
        state={state}
        onState={(next) => void navigate({ search: { ...next, span }, replace: true })}
        baseFilter={filter}
        columns={COLUMNS}
        lead="name"
        link={(row, content) => <Link to="/assets/$id" params={{ id: row.id }}>{content}</Link>}
        empty={<Empty title={t('watch.no_warranties')} text={t('watch.none_in_span')} />}
      />
    </PageShell>
  )
}
