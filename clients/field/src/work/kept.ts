// The account of what lies on the phone: what it is, how large, since when.
import type { Read } from './reading'
import type { AssetFile, Order } from './types'

export interface Kept {
  id: string
  kind: 'order' | 'asset' | 'codes'
  recordId: string
  title: string
  number: string
  bytes: number
  /** 0 for what this phone has changed itself since. */
  at: number
}

const sizeOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

export function keptOf(shelves: Iterable<[string, Read<unknown>]>): Kept[] {
  const found: Kept[] = []
  for (const [id, { value, at }] of shelves) {
    const [kind = '', recordId = '', classCode = ''] = id.split(':')
    const base = { id, recordId, at, bytes: sizeOf(value) }
    if (kind === 'order') found.push({ ...base, kind, title: (value as Order).title, number: (value as Order).number })
    else if (kind === 'asset') found.push({ ...base, kind, title: (value as AssetFile).asset.name, number: (value as AssetFile).asset.number })
    else if (kind === 'codes') found.push({ ...base, kind, title: classCode, number: '' })
  }
  return found
}
