// A state or a choice as a small label: the dot's shape and the words carry it, colour only helps.
import { useWords } from '../words'

export type Tone = 'idle' | 'wait' | 'run' | 'good' | 'bad' | 'off'

const TONES: Record<string, Tone> = {
  draft: 'off', requested: 'wait', approved: 'idle', planned: 'idle', dispatched: 'idle', accepted: 'run',
  travelling: 'run', on_site: 'run', in_progress: 'run', waiting: 'wait', completed: 'good', confirmed: 'good',
  closed: 'off', rejected: 'bad', cancelled: 'off', merged: 'off',
  in_service: 'good', standby: 'idle', idle: 'idle', out_of_order: 'bad', under_repair: 'wait', installing: 'run',
  decommissioned: 'off', disposed: 'off', ordered: 'idle', received: 'idle', in_store: 'idle',
  pending: 'wait', granted: 'good', refused: 'bad', withdrawn: 'off', failed: 'bad', done: 'good',
  valid: 'good', due: 'wait', overdue: 'bad', missing: 'bad', found: 'wait', offered: 'run', claimed: 'run', redeployed: 'good', ended: 'off',
  ahead: 'off', open: 'wait', remedied: 'good', waived: 'off', ready: 'wait', running: 'run', parked: 'bad',
}

export const toneOf = (state: string): Tone => TONES[state] ?? 'idle'

interface TagProps {
  /** The record's kind, such as work.order: states have words per kind. */
  kind: string
  /** Words that are already known, from a listing's column. */
  label?: string
}

export function StateTag({ kind, state, label }: TagProps & { state: string }) {
  const { t } = useWords()
  return <span className="state-tag" data-tone={toneOf(state)}>{label ?? t(`state.${kind}.${state}`)}</span>
}

const PRIORITY_BARS: Record<string, number> = { low: 1, normal: 2, medium: 2, high: 3, urgent: 4, critical: 4, emergency: 4 }

export function PriorityTag({ kind, value, label }: TagProps & { value: string }) {
  const { t } = useWords()
  const bars = PRIORITY_BARS[value] ?? 2
  return (
    <span className="priority-tag" data-level={bars}>
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden>
        {[0, 1, 2, 3].map((i) => <rect key={i} x={i * 3.6} y={9 - i * 3} width="2.4" height={3 + i * 3} rx="0.8" opacity={i < bars ? 1 : 0.22} />)}
      </svg>
      {label ?? t(`choice.${kind}.priority.${value}`)}
    </span>
  )
}
