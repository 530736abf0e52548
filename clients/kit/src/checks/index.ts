// Which checks of an order are asked at all: a step of a procedure may depend on what was answered before it. The server judges by the same rules.
export * from './judge'

export interface Condition {
  step: string
  results?: string[]
  values?: string[]
  above?: string | null
  below?: string | null
}

export interface Conditioned {
  id: string
  procedure_id?: string | null
  step_key?: string
  when?: Condition[]
  result: string
  value: string
  asks?: string
  requirement?: string
}

/** What is not answered fits no condition. */
export function holds(condition: Condition, result: string, value: string): boolean {
  if (!result || (condition.results?.length && !condition.results.includes(result))) return false
  if (condition.values?.length && !condition.values.includes(value)) return false
  if (condition.above == null && condition.below == null) return true
  const number = Number(value)
  if (value.trim() === '' || Number.isNaN(number)) return false
  return (condition.above == null || number > Number(condition.above)) && (condition.below == null || number < Number(condition.below))
}

/** Those that are asked, in their order; an answer to one that is not counts for nothing. */
export function asked<T extends Conditioned>(checks: readonly T[]): T[] {
  const said = new Map<string, { result: string; value: string }[]>()
  const of = (check: Conditioned, step: string): string => `${check.procedure_id ?? ''} ${step}`
  return checks.filter((check) => {
    const isAsked = (check.when ?? []).every((condition) => said.get(of(check, condition.step))?.some(({ result, value }) => holds(condition, result, value)))
    if (isAsked) said.set(of(check, check.step_key ?? ''), [...(said.get(of(check, check.step_key ?? '')) ?? []), check])
    return isAsked
  })
}

/** What must be answered before the work can be over. */
export function stillOpen<T extends Conditioned>(checks: readonly T[]): T[] {
  return asked(checks).filter((check) => !check.result && check.asks !== 'read' && (check.requirement ?? 'optional') !== 'optional')
}
