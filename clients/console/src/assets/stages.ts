// The ten stages of an asset's life, which states belong to each, and which moves lead there.
import type { LifeMove } from './data'

export interface Stage {
  key: string
  states: string[]
  /** The moves that lead into it. */
  verbs: string[]
}

export const STAGES: Stage[] = [
  { key: 'request', states: ['planned', 'requested'], verbs: ['request'] },
  { key: 'order', states: ['ordered'], verbs: ['order'] },
  { key: 'receipt', states: ['received'], verbs: ['receive'] },
  { key: 'acceptance', states: ['accepted'], verbs: ['accept', 'fail_acceptance'] },
  { key: 'store', states: ['in_store'], verbs: ['store', 'remove'] },
  { key: 'installation', states: ['installing'], verbs: ['install'] },
  { key: 'service', states: ['in_service'], verbs: ['commission', 'restore'] },
  { key: 'standby', states: ['standby', 'idle', 'out_of_order', 'under_repair'], verbs: ['stand_by', 'lay_idle', 'take_out', 'repair'] },
  { key: 'decommission', states: ['decommissioned'], verbs: ['decommission', 'reinstate'] },
  { key: 'disposal', states: ['disposed'], verbs: ['dispose', 'withdraw'] },
]

/** Moves that change the place or the owner and leave the state as it is. */
export const PLACE_VERBS = ['move', 'transfer']

export interface Standing extends Stage {
  tone: 'done' | 'current' | 'open' | 'passed'
  /** When it was last reached. */
  at: string | null
  moves: string[]
}

/**
 * Where the asset stands and has been. A stage before the current one that it never went through is passed over: what is
 * registered as running was never requested here.
 */
export function standings(state: string, since: string | undefined, moves: LifeMove[], actions: string[]): Standing[] {
  const now = STAGES.findIndex((stage) => stage.states.includes(state))
  return STAGES.map((stage, index) => {
    const last = moves.find((move) => stage.states.includes(move.to_state) && move.from_state !== move.to_state)
    const at = index === now ? (last?.moved_at ?? since ?? null) : (last?.moved_at ?? null)
    const tone = index === now ? 'current' : at ? 'done' : index < now ? 'passed' : 'open'
    return { ...stage, tone, at, moves: stage.verbs.filter((verb) => actions.includes(verb)) }
  })
}
