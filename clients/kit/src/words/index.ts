// Words and their provider.
export * from './provider'
export * from './words'
