// What ends soon: steps of 60, 30 and 7 days, what is over, and everything, as conditions of a list.
import type { Condition, Filter } from '@trunnion/kit/api'
import { dayAfter } from '../assets/days'

export type Span = 'over' | '7' | '30' | '60' | 'all'
export const SPANS: Span[] = ['over', '7', '30', '60', 'all']

/** Days that end within the span; what is over already is a span of its own. */
export function withinSpan(field: string, span: Span, today: string): Filter | undefined {
  const until = (op: Condition['op'], value: string): Condition => ({ field, op, value })
  if (span === 'all') return undefined
  if (span === 'over') return until('lt', today)
  return { and: [until('gte', today), until('lte', dayAfter(today, Number(span)))] }
}

/** The span in which the server warns first: what most readers come for. */
export const FIRST: Span = '60'
