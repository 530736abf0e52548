// The lines of a receipt or a transfer while they are being scanned, and what is sent of them.
import { codesIn } from './tracked'

export type Verb = 'receive' | 'transfer'

export interface Head {
  store_id?: string
  to_store_id?: string
  party_id?: string
  cause_label?: string
}

export interface Line {
  item_id: string
  code: string
  name: string
  tracked_by: string
  /** How often it was scanned: the field shows the new quantity then. */
  counted: number
  quantity: number | undefined
  unit_cost?: number
  bin_id?: string
  lot?: string
  expires_on?: string
  serials?: string
}

interface Item {
  id: string
  code: string
  name: string
  tracked_by: string
}

/** Scanned again, a part counts one more; a new one comes last. */
export function added(lines: Line[], item: Item): Line[] {
  const known = lines.some((line) => line.item_id === item.id)
  if (known) return lines.map((line) => (line.item_id === item.id ? { ...line, quantity: (line.quantity ?? 0) + 1, counted: line.counted + 1 } : line))
  return [...lines, { item_id: item.id, code: item.code, name: item.name, tracked_by: item.tracked_by, counted: 1, quantity: 1 }]
}

export function mayBeSent(verb: Verb, head: Head, lines: Line[]): boolean {
  if (!head.store_id || (verb === 'transfer' && !head.to_store_id) || !lines.length) return false
  return lines.every((line) => line.quantity !== undefined && line.quantity > 0)
}

export function argsOf(verb: Verb, head: Head, lines: Line[]): object {
  const said = lines.map(({ item_id, quantity, unit_cost, bin_id, lot, expires_on, serials }) => ({
    item_id,
    quantity,
    ...(verb === 'receive' ? { unit_cost, bin_id, expires_on: expires_on || undefined } : { to_bin_id: bin_id }),
    lot: lot || undefined,
    serials: serials ? codesIn(serials) : undefined,
  }))
  const cause_label = head.cause_label || undefined
  return verb === 'receive'
    ? { store_id: head.store_id, party_id: head.party_id, cause_label, lines: said }
    : { from_store_id: head.store_id, to_store_id: head.to_store_id, cause_label, lines: said }
}
