// An import as the server keeps it: asked for again until it rests, and what can be done with it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { uuid7 } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'

export const IMPORT = 'integrations.import'
export const IMPORTS = 'integrations/imports'
export const COUNTS = ['new', 'changed', 'same', 'error'] as const

export type SheetCount = Record<(typeof COUNTS)[number] | 'rows', number> & { needed?: number; filled?: number }

export interface Finding {
  position: number
  severity: 'error' | 'note'
  sheet: string
  row: number | null
  column: string
  code: string
  text: string
}

/** What an undo could not take back, and why. */
export interface Kept {
  kind: string
  id: string
  name: string
  text: string
}

export type ImportState = 'staged' | 'checked' | 'applying' | 'applied' | 'failed' | 'cancelled' | 'undoing' | 'undone'

export interface ImportRun {
  id: string
  number: string
  kind: string
  target: string
  state: ImportState
  file_id: string
  file_name: string
  source_name: string
  sheets: Record<string, SheetCount>
  rows: number
  new: number
  changed: number
  same: number
  errors: number
  left_out: number
  failure: { text: string } | null
  undone: { removed: number; restored: number; kept: Kept[]; more: number } | null
  error_file_id: string | null
  actor_name: string
  created_at: string
  applied_at: string | null
  progress: { job_id: string; state: string; progress_done: number; progress_total: number } | null
  findings: { rows: Finding[]; next: number | null; count: number }
  actions: string[]
}

const RUNS = new Set<ImportState>(['staged', 'applying', 'undoing'])

/** A job that failed for good leaves the import where it was: asking on would never end. */
export const isRunning = (run: ImportRun): boolean => RUNS.has(run.state) && !['parked', 'cancelled'].includes(run.progress?.state ?? '')

export function useImport(id: string | undefined, limit = 500) {
  const api = useApi()
  // Why a row cannot be used is worded by the server, so each language is asked for anew.
  const { language } = useWords()
  return useQuery({
    queryKey: ['detail', IMPORTS, id, language],
    queryFn: () => api.get<ImportRun>(`${IMPORTS}/${id}?limit=${limit}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 700 : false),
  })
}

/** Does a verb whose work shows by itself: the import tells how far it is, so nothing else need be said. */
export function useAct(id: string) {
  const api = useApi()
  const queries = useQueryClient()
  return async (verb: string, args: object = {}): Promise<void> => {
    try {
      await api.verb(IMPORT, id, verb, args)
    } finally {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(id) })
    }
  }
}

/** A file (or pasted cells) on its way in as an import; answers its id. */
export function useTakeIn() {
  const api = useApi()
  return async (target: string, file: Blob, name: string, onProgress: (share: number) => void): Promise<string> => {
    const form = new FormData()
    form.append('kind', 'table')
    form.append('target', target)
    form.append('file', file, name)
    const answer = await api.send({ method: 'POST', path: `/api/${IMPORTS}`, body: form, headers: { 'Idempotency-Key': uuid7() }, onProgress })
    return (answer.body as { id: string }).id
  }
}
