// The rows of a table as they are shown and mended: fetched in portions, changes sent at once and judged by the server.
import { useQueryClient } from '@tanstack/react-query'
import { uuid7, type Api } from '@trunnion/kit/api'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { IMPORTS } from './data'

export type Verdict = 'new' | 'changed' | 'same' | 'error' | 'left_out'

export interface Reason {
  column: number | null
  field: string
  title: string
  code: string
  facts: Record<string, unknown>
  severity: 'error' | 'note'
  text: string
}

export interface GridRow {
  number: number
  cells: string[]
  verdict: Verdict
  record_id: string | null
  changes: string[]
  reasons: Reason[]
}

interface Portion {
  rows: GridRow[]
  next: number | null
}

export interface CellChange {
  row: number
  column: number
  text: string
}

interface Before extends CellChange {}

const PORTION = 200
/** Rows that have left the shown verdict are fetched in stretches of this length. */
const STRETCH = 500
const MOST_STRETCHES = 8
const SETTLE = 60

const fetchRows = (api: Api, id: string, verdict: string, after: number, limit: number): Promise<Portion> =>
  api.get<Portion>(`${IMPORTS}/${id}/rows?verdict=${verdict}&after=${after}&limit=${limit}`)

/** As many rows of a verdict as were shown, from the first on. */
async function fetchUpTo(api: Api, id: string, verdict: string, last: number): Promise<Portion> {
  let found: Portion = await fetchRows(api, id, verdict, 0, PORTION)
  while (found.next !== null && found.next < last) {
    const more = await fetchRows(api, id, verdict, found.next, STRETCH)
    found = { rows: [...found.rows, ...more.rows], next: more.next }
  }
  return found
}

/** What has become of rows that the verdict no longer holds: whoever mended them wants to see that they are good. */
async function fetchGone(api: Api, id: string, numbers: number[]): Promise<GridRow[]> {
  const wanted = new Set(numbers)
  const found: GridRow[] = []
  let stretches = 0
  let at = 0
  while (at < numbers.length && stretches < MOST_STRETCHES) {
    const first = numbers[at]!
    const last = numbers.findLast((one) => one < first + STRETCH)!
    const rows = (await fetchRows(api, id, '', first - 1, last - first + 1)).rows
    found.push(...rows.filter((row) => wanted.has(row.number)))
    at = numbers.indexOf(last) + 1
    stretches += 1
  }
  return found
}

export interface Grid {
  rows: GridRow[]
  hasMore: boolean
  isLoading: boolean
  isSaving: boolean
  error: unknown
  textOf: (row: GridRow, column: number) => string
  isPending: (row: GridRow, column: number) => boolean
  change: (changes: CellChange[]) => void
  leaveOut: (rows: number[], isOut: boolean) => void
  undo: () => void
  canUndo: boolean
  loadMore: () => void
  reload: () => void
}

const keyOf = (row: number, column: number): string => `${row}:${column}`

export function useGrid(id: string, verdict: string, onRefused: (error: unknown) => void): Grid {
  const api = useApi()
  const queries = useQueryClient()
  const { language } = useWords()
  const [portion, setPortion] = useState<Portion | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [pending, setPending] = useState<ReadonlyMap<string, CellChange>>(new Map())
  const [isSaving, setSaving] = useState(false)
  const [past, setPast] = useState<Before[][]>([])
  const queue = useRef(new Map<string, CellChange>())
  const outs = useRef(new Map<number, boolean>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isBusy = useRef(false)
  const shown = useRef<Portion | null>(null)
  const asked = useRef(verdict)
  const refused = useRef(onRefused)
  useLayoutEffect(() => {
    refused.current = onRefused
    shown.current = portion
    asked.current = verdict
  })

  const load = useCallback(async (): Promise<void> => {
    setPortion(null)
    setError(null)
    try {
      setPortion(await fetchRows(api, id, verdict, 0, PORTION))
    } catch (fault) {
      setError(fault)
    }
  }, [api, id, verdict])

  // Reasons are worded by the server: another language, other words.
  useEffect(() => { void load() }, [load, language])

  const refresh = useCallback(async (): Promise<void> => {
    const wanted = asked.current
    const before = shown.current
    const last = before?.rows.at(-1)?.number ?? 0
    const now = await fetchUpTo(api, id, wanted, last)
    const have = new Set(now.rows.map((row) => row.number))
    const gone = wanted ? (before?.rows ?? []).map((row) => row.number).filter((number) => !have.has(number)) : []
    const kept = gone.length ? await fetchGone(api, id, gone) : []
    // Somebody who looks at other rows meanwhile has had them fetched already.
    if (asked.current === wanted) setPortion({ rows: [...now.rows, ...kept].toSorted((a, b) => a.number - b.number), next: now.next })
  }, [api, id])

  const send = useCallback(async (): Promise<void> => {
    const [cells, left] = [new Map(queue.current), new Map(outs.current)]
    queue.current.clear()
    outs.current.clear()
    const rows = new Set([...[...cells.values()].map((one) => one.row), ...left.keys()])
    const changes = [...rows].map((row) => ({
      row, cells: [...cells.values()].filter((one) => one.row === row).map(({ column, text }) => ({ column, text })),
      ...(left.has(row) ? { leave_out: left.get(row) } : {}),
    }))
    try {
      await api.act(`${IMPORTS}/${id}/amend`, { changes }, uuid7())
    } catch (fault) {
      refused.current(fault)
    }
    await refresh().catch((fault: unknown) => refused.current(fault))
    await queries.invalidateQueries({ queryKey: ['detail', IMPORTS, id] })
    setPending((now) => new Map([...now].filter(([key, value]) => cells.get(key) !== value)))
  }, [api, id, queries, refresh])

  const flush = useCallback(async (): Promise<void> => {
    if (isBusy.current || (queue.current.size === 0 && outs.current.size === 0)) return
    isBusy.current = true
    setSaving(true)
    // What is typed meanwhile follows.
    while (queue.current.size > 0 || outs.current.size > 0) await send()
    isBusy.current = false
    setSaving(false)
  }, [send])

  const soon = useCallback((): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), SETTLE)
  }, [flush])

  // What was typed last is sent when the reader goes elsewhere.
  useEffect(() => () => void flush(), [flush])

  const byNumber = useMemo(() => new Map((portion?.rows ?? []).map((row) => [row.number, row])), [portion])
  const textOf = (row: GridRow, column: number): string => pending.get(keyOf(row.number, column))?.text ?? row.cells[column] ?? ''

  function put(changes: CellChange[]): void {
    const next = new Map(pending)
    for (const one of changes) {
      next.set(keyOf(one.row, one.column), one)
      queue.current.set(keyOf(one.row, one.column), one)
    }
    setPending(next)
    soon()
  }

  function change(changes: CellChange[]): void {
    const real = changes.filter((one) => { const row = byNumber.get(one.row); return row && textOf(row, one.column) !== one.text })
    if (real.length === 0) return
    setPast((now) => [...now.slice(-49), real.map(({ row, column }) => ({ row, column, text: textOf(byNumber.get(row)!, column) }))])
    put(real)
  }

  return {
    rows: portion?.rows ?? [],
    hasMore: portion?.next !== null && portion !== null,
    isLoading: portion === null && error === null,
    isSaving: isSaving || pending.size > 0,
    error,
    textOf,
    isPending: (row, column) => pending.has(keyOf(row.number, column)),
    change,
    leaveOut: (rows, isOut) => { for (const row of rows) outs.current.set(row, isOut); soon() },
    undo: () => { const last = past.at(-1); if (last) { setPast(past.slice(0, -1)); put(last) } },
    canUndo: past.length > 0,
    loadMore: () => {
      const from = shown.current
      if (!from || from.next === null) return
      void fetchRows(api, id, verdict, from.next, PORTION).then((more) => setPortion((now) => (now === from ? { rows: [...from.rows, ...more.rows], next: more.next } : now)), setError)
    },
    reload: () => void load(),
  }
}
