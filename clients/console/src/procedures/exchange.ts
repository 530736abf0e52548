// A procedure as a file that another house can bring in, and a file as a procedure.
import type { Api } from '@trunnion/kit/api'
import { VERSIONS, type Step } from './data'

const FORMAT = 'trunnion.procedure'

interface Portable {
  format: string
  name: string
  description?: string
  purposes?: string[]
  steps: Step[]
}

/** Offers what was made here as a file. */
function save(name: string, content: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

export async function saveFile(api: Api, versionId: string, name: string): Promise<void> {
  const portable = await api.get<Omit<Portable, 'format'>>(`${VERSIONS}/${versionId}/portable`)
  save(`${name}.json`, JSON.stringify({ format: FORMAT, ...portable }, null, 2), 'application/json')
}

export const tableUrl = (versionId: string, language: string): string => `/api/${VERSIONS}/${versionId}/steps.csv?language=${language}`

/** What a file holds: a procedure of another house, a table of steps, or nothing that is understood. */
export async function readFile(file: File): Promise<{ path: string; args: object } | null> {
  const text = await file.text()
  const name = file.name.replace(/\.[^.]+$/, '').slice(0, 200) || file.name
  if (!file.name.toLowerCase().endsWith('.json')) return { path: 'knowledge/procedures/bring_in', args: { name, table: text } }
  let found: Partial<Portable>
  try {
    found = JSON.parse(text) as Partial<Portable>
  } catch {
    return null
  }
  if (found.format !== FORMAT || !Array.isArray(found.steps)) return null
  return { path: 'knowledge/procedures/create', args: { name: found.name ?? name, description: found.description ?? '', purposes: found.purposes ?? [], steps: found.steps } }
}
