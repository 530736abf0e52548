// How single pieces are told apart in forms: by lot, by serial number, or not at all.
import type { FieldSpec, Values } from '@trunnion/kit/ui'

export const TRACKED: FieldSpec[] = [
  { key: 'lot', type: 'text', words_key: 'field.inventory.stock.lot' },
  { key: 'serials', type: 'longtext', words_key: 'field.inventory.stock.serials', help_key: 'stock.serials_help' },
]

export const isTracked = (trackedBy: string, key: string): boolean => (key === 'lot' ? trackedBy === 'lot' : trackedBy === 'serial')

/** What stands in lines, or between commas, as separate codes. */
export const codesIn = (text: unknown): string[] => String(text ?? '').split(/[\n,，;；]+/).map((one) => one.trim()).filter(Boolean)

/** The arguments of a verb from what was typed. */
export function serialsOf(values: Values): Values {
  return values.serials === undefined ? values : { ...values, serials: codesIn(values.serials) }
}

/** Pieces need no unit; litres and metres do. */
export const unitOf = (unit: string): string => (unit.startsWith('{') ? '' : unit)
