// Which life-cycle verbs of an asset stand as buttons; their forms come from the contract.
import type { VerbSpec } from '@trunnion/kit/ui'

type Rank = Pick<VerbSpec, 'rank' | 'isDanger'>

export const assetVerbs: Record<string, Rank> = {
  restore: { rank: 1 },
  commission: { rank: 1 },
  install: { rank: 2 },
  accept: { rank: 2 },
  receive: { rank: 2 },
  move: { rank: 4 },
  take_out: { rank: 3 },
  decommission: { isDanger: true },
  dispose: { isDanger: true },
  withdraw: { isDanger: true },
}
