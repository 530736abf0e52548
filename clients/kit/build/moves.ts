// Vite plugin: the legal moves of some kinds of record, from the contract.
import { existsSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

export function movesPlugin(contract: string, kinds: string[]): Plugin {
  const name = 'virtual:moves'
  return {
    name: 'trunnion-moves',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load(id) {
      if (id !== `\0${name}`) return null
      this.addWatchFile(contract)
      const all = existsSync(contract) ? (JSON.parse(readFileSync(contract, 'utf8')) as Record<string, unknown>) : {}
      return `export default ${JSON.stringify(Object.fromEntries(kinds.map((kind) => [kind, all[kind]])))}`
    },
  }
}
