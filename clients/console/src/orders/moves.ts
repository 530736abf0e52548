// What the table of moves says about an order: where it may go from here, and by which verb somebody is put on it.
import moves from 'virtual:moves'
import { ORDER } from './data'

interface Move {
  from: string[]
  to: string | null
  verb: string
}

export interface Way {
  verb: string
  to: string
}

const LEGAL = (moves as unknown as Record<string, { moves: Move[] }>)[ORDER]?.moves ?? []

/** Verbs that lead from one state to another. Going back where it was is the record's own affair. */
export const waysFrom = (state: string): Way[] => LEGAL.flatMap((move) => (move.from.includes(state) && move.to && move.to !== '<back>' ? [{ verb: move.verb, to: move.to }] : []))

const isLegal = (verb: string, state: string): boolean => LEGAL.some((move) => move.verb === verb && move.from.includes(state))

/** Before somebody has said that it is to be done, giving it to somebody says so too. */
export const giveVerb = (state: string): 'assign' | 'dispatch' | undefined => (['assign', 'dispatch'] as const).find((verb) => isLegal(verb, state))

export const mayEditIn = (state: string): boolean => isLegal('edit', state)
