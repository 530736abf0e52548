// Steps one under the other: a parcel's way, a record's history.
import type { ReactNode } from 'react'

export interface TimelineStep {
  key: string
  title: ReactNode
  /** Right of the title: usually the time. */
  meta?: ReactNode
  body?: ReactNode
  tone?: 'done' | 'current' | 'open' | 'bad'
  isNote?: boolean
}

export function Timeline({ steps, label }: { steps: TimelineStep[]; label: string }) {
  return (
    <ol className="timeline" aria-label={label}>
      {steps.map((step) => (
        <li key={step.key} className="timeline-step" data-tone={step.tone ?? 'done'} aria-current={step.tone === 'current' ? 'step' : undefined}>
          <div className="timeline-head">
            <span className="timeline-title">{step.title}</span>
            {step.meta && <span className="timeline-meta">{step.meta}</span>}
          </div>
          {step.body && <div className={step.isNote ? 'timeline-note' : 'timeline-body'}>{step.body}</div>}
        </li>
      ))}
    </ol>
  )
}
