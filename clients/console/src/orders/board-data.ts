// The board as the server answers it, and how it looks the moment that somebody changes it.
export const BY = ['state', 'engineer', 'site', 'priority'] as const
export type By = (typeof BY)[number]

export interface Card {
  id: string
  version: number
  number: string
  title: string
  priority: string
  state: string
  is_stopped: boolean
  waiting_reason: string
  reported_at: string
  due_at: string | null
  asset_name: string | null
  place: string | null
  customer: string | null
  leading_id: string | null
  leading: string | null
}

export interface Column {
  /** The state, the priority, the id of the engineer or site; null for those that have none. */
  key: string | null
  name: string
  count: number
  /** On how many of them somebody works at this moment. */
  running: number
  /** So many there should be at most, where somebody said so. */
  most?: number | null
  rows: Card[]
}

export interface BoardAnswer {
  by: By
  columns: Column[]
  is_cut: boolean
}

const NONE = ''
export const laneKey = (column: Pick<Column, 'key'>): string => column.key ?? NONE

export function cardOf(board: BoardAnswer | undefined, id: string): Card | undefined {
  for (const column of board?.columns ?? []) {
    const found = column.rows.find((row) => row.id === id)
    if (found) return found
  }
  return undefined
}

export interface Change {
  facts: Partial<Card>
  /** The column where it stands from now on, if that is another. */
  to?: string | null
}

/** Shows a change before the server has answered: the card as it will be, in the column where it will stand. */
export function changed(board: BoardAnswer, id: string, { facts, to }: Change): BoardAnswer {
  const card = cardOf(board, id)
  if (!card) return board
  const next = { ...card, ...facts }
  const columns = board.columns.map((column) => {
    const at = column.rows.findIndex((row) => row.id === id)
    const isThere = to !== undefined && column.key === to
    if (at >= 0 && (to === undefined || isThere)) return { ...column, rows: column.rows.with(at, next) }
    if (at >= 0) return { ...column, count: column.count - 1, rows: column.rows.toSpliced(at, 1) }
    return isThere ? { ...column, count: column.count + 1, rows: [next, ...column.rows] } : column
  })
  return { ...board, columns }
}

/** How much of the time that an order was given is gone, in parts of a hundred. */
export function spent(card: Pick<Card, 'reported_at' | 'due_at'>, now: number): number | undefined {
  if (!card.due_at || !card.reported_at) return undefined
  const [from, until] = [Date.parse(card.reported_at), Date.parse(card.due_at)]
  if (!(until > from)) return now >= until ? 100 : 0
  return Math.round(Math.min(1, Math.max(0, (now - from) / (until - from))) * 100)
}
