// From whatever was scanned or typed to a machine: first among what is on the phone, then at the server.
import { Problem, type Api, type ListingAnswer, type Row } from '@trunnion/kit/api'
import type { AssetFile } from './types'

/** A label holds an address that ends in the machine's token; anything else is taken as a number or a serial. */
export function tokenOf(text: string): string | null {
  return /\/q\/([\w-]+)\/?$/.exec(text.trim())?.[1] ?? null
}

const same = (a: string | null | undefined, b: string): boolean => (a ?? '').trim().toLowerCase() === b.trim().toLowerCase()

export function findKept(assets: AssetFile[], text: string): AssetFile | null {
  const token = tokenOf(text)
  return assets.find(({ asset, code }) => (token ? tokenOf(code?.path ?? '') === token : same(asset.number, text) || same(asset.serial, text))) ?? null
}

/** The machine's id, or null when nobody knows it. Raises Unreachable without a line. */
export async function findAtServer(api: Api, text: string): Promise<string | null> {
  const token = tokenOf(text)
  let wanted = text.trim()
  if (token) {
    try {
      wanted = (await api.get<{ asset: { number: string } }>(`service/scan/${encodeURIComponent(token)}`)).asset.number
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return null
      throw error
    }
  }
  const { rows }: ListingAnswer<Row & { number?: string; serial?: string }> = await api.list('assets/assets', { search: wanted, columns: ['id', 'number', 'serial'], limit: 20 })
  return rows.find((row) => same(row.number, wanted) || same(row.serial, wanted))?.id ?? (rows.length === 1 ? rows[0]!.id : null)
}
