// What is fetched ahead, so that the day works without a connection: orders, their machines, the codes of failures.
import { Problem, type Api } from '@trunnion/kit/api'
import type { AssetFile, Codes, Day, Order } from './types'

export const FRESH_MS = 5 * 60_000

/** Everything read is kept with the moment when it was. */
export interface Read<T> { value: T; at: number }

export interface Shelf {
  get: <T>(id: string) => Read<T> | null
  put: (id: string, value: unknown) => Promise<void>
  /** False while something of this order waits, or went through since: the server's answer would be older than the phone. */
  mayReplace: (orderId: string, askedAt: number) => boolean
}

export const codesId = (classCode: string | null, language: string): string => `codes:${language}:${classCode ?? ''}`
const isOld = (read: Read<unknown> | null): boolean => !read || Date.now() - read.at > FRESH_MS

export async function readOrder(api: Api, shelf: Shelf, id: string): Promise<void> {
  const askedAt = Date.now()
  const order = await api.detail<Order>('work.order', id)
  if (shelf.mayReplace(id, askedAt)) await shelf.put(`order:${id}`, order)
}

export async function readAsset(api: Api, shelf: Shelf, id: string): Promise<AssetFile> {
  const file = await api.get<AssetFile>(`assets/assets/${id}/file`)
  await shelf.put(`asset:${id}`, file)
  return file
}

async function readCodes(api: Api, shelf: Shelf, classCode: string | null, language: string): Promise<void> {
  const id = codesId(classCode, language)
  if (!isOld(shelf.get(id))) return
  await shelf.put(id, await api.get<Codes>(`knowledge/failure_codes/offered${classCode ? `?class_code=${encodeURIComponent(classCode)}` : ''}`))
}

/** One refused record, such as a machine outside of one's scope, does not keep the rest of the day away. */
async function leniently(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 401) throw error
  }
}

export async function readDay(api: Api, shelf: Shelf, language: string): Promise<void> {
  const day = await api.get<Day>('work/mine')
  await shelf.put('day', day)
  for (const row of day.orders) {
    const known = shelf.get<Order>(`order:${row.id}`)
    if (isOld(known) || known?.value.version !== row.version) await leniently(readOrder(api, shelf, row.id))
  }
  await readCodes(api, shelf, null, language)
  for (const row of day.orders) {
    if (row.asset_id && isOld(shelf.get(`asset:${row.asset_id}`))) await leniently(readAsset(api, shelf, row.asset_id))
    const classCode = shelf.get<Order>(`order:${row.id}`)?.value.equipment_class
    if (classCode) await leniently(readCodes(api, shelf, classCode, language))
  }
}
