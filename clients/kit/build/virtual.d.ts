// Modules made at build time by the plugins in this folder.
declare module 'virtual:words/en' {
  const words: Record<string, string>
  export default words
}
declare module 'virtual:words/zh-CN' {
  const words: Record<string, string>
  export default words
}
declare module 'virtual:words/rest/en' {
  const words: Record<string, string>
  export default words
}
declare module 'virtual:words/rest/zh-CN' {
  const words: Record<string, string>
  export default words
}
declare module 'virtual:theme.css' {}
declare module 'virtual:verbs' {
  const verbs: Record<string, [key: string, type: string, isRequired: 0 | 1, choices?: string[]][]>
  export default verbs
}
declare module 'virtual:moves' {
  const moves: Record<string, { initial: string; final: string[]; states: string[]; moves: { verb: string; from: string[]; to: string | null }[] }>
  export default moves
}
