// Work without a connection: a sealed store and a queue of named verbs.
export * from './conflicts'
export * from './device'
export * from './moves'
export * from './outbox'
export * from './session'
export type * from './types'
export { canSeal } from './vault'
