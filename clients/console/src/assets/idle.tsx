// When the asset lay idle, and what became of it.
import { Link } from '@tanstack/react-router'
import { Section, StateTag } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import type { IdleCard } from './data'

export function IdleSection({ findings }: { findings: IdleCard[] }) {
  const { t, formats } = useWords()
  if (!findings.length) return null
  return (
    <Section title={t('life.idle')} isBare>
      <ul className="rows">
        {findings.map((one) => (
          <li key={one.id}>
            <Link to="/idle/$id" params={{ id: one.id }} className="row-link">
              <span className="row-title">{t('life.idle_days', { days: one.idle_days })}</span>
              <span className="row-side"><StateTag kind="assets.idle_finding" state={one.state} /></span>
              <span className="row-sub">{[formats.date(one.idle_since_at), t(`choice.assets.idle_finding.cause.${one.cause}`), one.claimed_location, one.claimed_by_name, one.remark].filter(Boolean).join(' · ')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
