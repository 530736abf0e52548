// Rows marked in a list on their way to the studio: few in the address, so that it can be sent; many are kept beside it.
const KEPT = 'trunnion.labels.marked'
/** So many are named one by one. */
export const FEW = 60

export interface Marked { ids?: string[]; marked?: boolean }

export function bring(ids: string[]): Marked {
  if (ids.length <= FEW) return { ids }
  sessionStorage.setItem(KEPT, JSON.stringify(ids))
  return { marked: true }
}

export function brought({ ids, marked }: Marked): string[] {
  if (ids) return ids
  const kept: unknown = marked ? JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') : []
  return Array.isArray(kept) ? kept.map(String) : []
}
