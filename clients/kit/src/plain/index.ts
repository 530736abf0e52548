// Pieces without a component library: the portal lives on these alone.
export * from './file-drop'
export * from './palette'
export * from './photos'
export * from './signature'
export * from './states'
export * from './theme-mode'
export * from './timeline'
export * from './uploads'
