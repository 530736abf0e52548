// Bundle budgets: what a first visit fetches, gzipped, as the built manifests tell it.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const STATIC = resolve(import.meta.dirname, '../../server/trunnion/http/static')
const KILO = 1_000

const budgets = [
  { app: 'console', entry: 'index.html', first: 220, route: 130, pages: 80 },
  { app: 'field', entry: 'index.html', first: 110, route: 60 },
  { app: 'portal', entry: 'index.html', first: 60, route: 60 },
]

function sizeOf(app, file) {
  return gzipSync(readFileSync(resolve(STATIC, app, file))).length / KILO
}

/** The files that a chunk cannot start without. */
function closure(manifest, key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return seen
  seen.add(key)
  for (const other of chunk.imports ?? []) closure(manifest, other, seen)
  return seen
}

function filesOf(manifest, keys) {
  return new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]))
}

let isOver = false
for (const { app, entry, first, route, pages } of budgets) {
  const manifest = JSON.parse(readFileSync(resolve(STATIC, app, '.vite/manifest.json'), 'utf8'))
  const firstFiles = filesOf(manifest, closure(manifest, entry))
  // One language is fetched at the start as well: the larger one counts.
  const sizes = (part) => Object.keys(manifest).filter(part).map((key) => sizeOf(app, manifest[key].file))
  const isRest = (key) => key.includes('virtual:words/rest')
  const words = sizes((key) => key.includes('virtual:words') && !isRest(key))
  const total = [...firstFiles].reduce((sum, file) => sum + sizeOf(app, file), 0) + Math.max(0, ...words)
  report(`${app} first load`, total, first)
  report(`${app} words of the pages`, Math.max(0, ...sizes(isRest)), pages ?? 1)
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry || key.includes('virtual:words')) continue
    const own = [...filesOf(manifest, closure(manifest, key))].filter((file) => !firstFiles.has(file))
    report(`${app} ${chunk.src ?? key}`, own.reduce((sum, file) => sum + sizeOf(app, file), 0), route, true)
  }
}

function report(name, size, limit, isQuiet = false) {
  const isBad = size > limit
  if (isBad) isOver = true
  if (isBad || !isQuiet || process.argv.includes('--all')) console.log(`${isBad ? 'OVER ' : 'ok   '} ${name}: ${size.toFixed(1)} kB of ${limit} kB gzip`)
}

process.exit(isOver ? 1 : 0)
