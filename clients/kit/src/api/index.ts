// The API as the clients see it.
export * from './client'
export * from './ids'
export * from './problem'
export * from './second'
export * from './stream'
export * from './transport'
export * from './types'
export * from './view-as'
