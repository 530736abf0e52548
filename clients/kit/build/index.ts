// What the vite configurations of the clients share.
export { themePlugin } from './theme.ts'
export { verbsPlugin } from './verbs.ts'
export { collectWords, readOwn, wordsPlugin } from './words.ts'
