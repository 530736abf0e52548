// Keeps addresses out of package-lock.json: fails on any, or with --fix strips the funding links that npm writes.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))

if (process.argv.includes('--fix')) {
  for (const entry of Object.values(lock.packages)) delete entry.funding
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}

const faults = []
for (const [name, entry] of Object.entries(lock.packages)) {
  if (/[a-z]+:\/\//i.test(JSON.stringify(entry))) faults.push(`${name || '(root)'}: holds an address`)
  if (entry.resolved && !entry.link) faults.push(`${name}: holds "resolved"`)
  for (const wanted of Object.keys(entry.optionalDependencies ?? {})) {
    const found = Object.keys(lock.packages).some((entryPath) => entryPath.endsWith(`node_modules/${wanted}`))
    if (!found) faults.push(`${name}: optional ${wanted} has no entry, npm ci would fail elsewhere`)
  }
}
for (const fault of faults) console.error(`package-lock.json: ${fault}`)
process.exit(faults.length ? 1 : 0)
