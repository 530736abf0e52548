// Legal moves of a record, as the contract tells them: the phone moves ahead of the server by the same table.
export interface Machine {
  initial: string
  final: string[]
  states: string[]
  moves: { verb: string; from: string[]; to: string | null }[]
}

const BACK = '<back>'

/** Where a verb leads; null when it is not legal here. `back` is the state that a move back leads to. */
export function targetOf(machine: Machine, state: string, verb: string, back: string): string | null {
  const move = machine.moves.find((one) => one.verb === verb && one.from.includes(state))
  if (!move) return null
  if (move.to === BACK) return back || null
  return move.to ?? state
}

export const legalVerbs = (machine: Machine, state: string): string[] => [...new Set(machine.moves.filter((one) => one.from.includes(state)).map((one) => one.verb))]

/** `work.task.*` holds `work.task.answer`; `work.*` and `*` as well. */
export function isGranted(grants: readonly string[], verb: string): boolean {
  const parts = verb.split('.')
  return grants.some((grant) => {
    const wanted = grant.split('.')
    if (wanted.at(-1) === '*' && wanted.length <= parts.length) wanted.pop()
    else if (wanted.length !== parts.length) return false
    return wanted.every((part, at) => part === '*' || part === parts[at])
  })
}
