// What the procedure pages read from the server, and a step as it is written.
import { useQuery } from '@tanstack/react-query'
import type { Condition } from '@trunnion/kit/checks'
import { useApi } from '@trunnion/kit/ui'
import type { LinkedFile } from '../records/stuck'

export const PROCEDURE = 'knowledge.procedure'
export const VERSION = 'knowledge.procedure_version'
export const PROCEDURES = 'knowledge/procedures'
export const VERSIONS = 'knowledge/procedure_versions'
export const ASKS = ['read', 'check', 'tick', 'number', 'choice', 'text', 'photo', 'signature', 'barcode', 'meter', 'date']
export const PURPOSES = ['corrective', 'preventive', 'predictive', 'inspection', 'installation', 'calibration', 'modification', 'move', 'decommission', 'cleaning', 'meter_round']
export const REQUIREMENTS = ['optional', 'reason', 'must']

export interface Step {
  key: string
  title: string
  asks: string
  section: string
  instruction: string
  unit: string
  low: string | null
  high: string | null
  choices: string[]
  requirement: string
  repeats: number
  when: Condition[]
  file_id: string | null
  meter: string
}

export interface Version {
  id: string
  version: number
  no: number
  state: string
  change: string
  remark: string
  written_at: string
  written_by_name: string
  submitted_at: string | null
  approved_at: string | null
  approved_by_name: string
  steps: Step[]
  actions: string[]
}

export interface Procedure {
  id: string
  version: number
  number: string
  name: string
  description: string
  purposes: string[]
  classes: string[]
  models: { id: string; name: string }[]
  approved_no: number | null
  /** The newest first. */
  versions: Version[]
  files: LinkedFile[]
  actions: string[]
}

export function useProcedure(id: string) {
  const api = useApi()
  return useQuery({ queryKey: ['detail', PROCEDURES, id], queryFn: ({ signal }) => api.detail<Procedure>(PROCEDURE, id, signal) })
}

export const isMeasured = (step: Pick<Step, 'asks'>): boolean => step.asks === 'number' || step.asks === 'meter'
export const hasChoices = (step: Pick<Step, 'asks'>): boolean => step.asks === 'choice' || step.asks === 'barcode'

/** A key that no other step has; it stays, so that answers can be compared from version to version. */
export function freeKey(steps: readonly Pick<Step, 'key'>[]): string {
  const taken = new Set(steps.map((step) => step.key))
  let n = steps.length + 1
  while (taken.has(`s${n}`)) n += 1
  return `s${n}`
}

export const blank = (steps: readonly Step[], section: string): Step => ({ key: freeKey(steps), title: '', asks: 'check', section, instruction: '', unit: '', low: null, high: null, choices: [], requirement: 'optional', repeats: 1, when: [], file_id: null, meter: '' })

/** Only what belongs to its kind stays with a step when the kind is changed. */
export function turned(step: Step, asks: string): Step {
  const next = { ...step, asks }
  return {
    ...next,
    ...(isMeasured(next) ? {} : { unit: '', low: null, high: null }),
    ...(hasChoices(next) ? {} : { choices: [] }),
    ...(asks === 'meter' ? {} : { meter: '' }),
    ...(asks === 'read' ? { requirement: 'optional' } : {}),
    ...(asks === 'read' || asks === 'meter' ? { repeats: 1 } : {}),
  }
}

/** The steps with one of them moved by some places; the ends hold. */
export function moved(steps: readonly Step[], index: number, by: number): Step[] {
  const to = Math.min(steps.length - 1, Math.max(0, index + by))
  const next = [...steps]
  const [step] = next.splice(index, 1)
  if (step) next.splice(to, 0, step)
  return next
}
