// What the vite configurations of the clients share.
export { movesPlugin } from './moves.ts'
export { themePlugin } from './theme.ts'
export { verbsPlugin } from './verbs.ts'
export { collectWords, readOwn, wordsPlugin } from './words.ts'
export { workerPlugin } from './worker.ts'
