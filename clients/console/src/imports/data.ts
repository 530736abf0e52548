// An import as the server tells of it, asked for again until it rests.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'

export const IMPORTS = 'integrations/imports'
export const COUNTS = ['new', 'changed', 'same', 'error'] as const

export type SheetCount = Record<(typeof COUNTS)[number] | 'rows', number>

export interface Finding {
  position: number
  severity: 'error' | 'note'
  sheet: string
  row: number | null
  column: string
  code: string
  text: string
}

/** What an undo left as it is, and why. */
export interface Kept {
  kind: string
  id: string
  name: string
  text: string
}

export interface ImportRun {
  id: string
  number: string
  state: 'staged' | 'checked' | 'applying' | 'applied' | 'failed' | 'cancelled' | 'undoing' | 'undone'
  file_name: string
  source_name: string
  sheets: Record<string, SheetCount>
  rows: number
  new: number
  changed: number
  same: number
  errors: number
  failure: { text: string } | null
  error_file_id: string | null
  actor_name: string
  created_at: string
  progress: { state: string; progress_done: number; progress_total: number } | null
  findings: { rows: Finding[]; next: number | null; count: number }
  undone: { removed: number; restored: number; kept: Kept[]; more: number } | null
  actions: string[]
}

const RUNS = new Set(['staged', 'applying', 'undoing'])

/** A job that failed for good leaves the import where it was: asking on would never end. */
export const isRunning = (run: ImportRun): boolean => RUNS.has(run.state) && !['parked', 'cancelled'].includes(run.progress?.state ?? '')

export function useImport(id: string | undefined) {
  const api = useApi()
  // Why a row cannot be used is worded by the server, so each language is asked for anew.
  const { language } = useWords()
  return useQuery({
    queryKey: ['detail', IMPORTS, id, language],
    queryFn: () => api.get<ImportRun>(`${IMPORTS}/${id}?limit=500`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? 700 : false),
  })
}
