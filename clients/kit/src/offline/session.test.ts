// What lies on the phone is sealed, opens for its owner only, and goes when it must.
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { Database } from './database'
import { DeviceClock } from './device'
import { isGranted, targetOf, type Machine } from './moves'
import { FormerPassword, Sessions, type Person, type ShareKeeper } from './session'
import type { Verb } from './types'

const li: Person = { id: 'li', name: 'Li Wei', email: 'li@example.com' }
const sun: Person = { id: 'sun', name: 'Sun', email: 'sun@example.com' }
const later = (): string => new Date(Date.now() + 86_400_000).toISOString()
const verb: Verb = { key: 'k1', name: 'work.order.complete', method: 'POST', path: 'work/orders/a/complete', args: { remedy: 'SECRET-REMEDY' }, record: 'work.order:a', seen: null, at: later(), blobs: ['blob:1'], label: '' }
const photo = { id: 'blob:1', name: 'p.jpg', type: 'image/jpeg', bytes: new TextEncoder().encode('SECRET-PICTURE').buffer as ArrayBuffer, fileId: null }

function keeper(): ShareKeeper & { share: string | null } {
  const own = { share: null as string | null, read: () => own.share, write: (share: string) => { own.share = share }, clear: () => { own.share = null } }
  return own
}

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const held = new Map<string, string>()
  return { getItem: (name) => held.get(name) ?? null, setItem: (name, text) => void held.set(name, text), removeItem: (name) => void held.delete(name) }
}

let share: ReturnType<typeof keeper>
let sessions: Sessions

beforeEach(async () => {
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  share = keeper()
  sessions = new Sessions(share, storage())
})

async function everythingStored(): Promise<string> {
  const db = new Database('trunnion-field-li')
  const rows = await Promise.all(db.tables.map((table) => table.toArray()))
  db.close()
  const bytes = (value: unknown): string => {
    if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value)
    if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value)
    if (value && typeof value === 'object') return Object.values(value).map(bytes).join('|')
    return String(value)
  }
  return bytes(rows)
}

describe('the store', () => {
  it('holds nothing in clear', async () => {
    const { store, close } = await sessions.open(li, 'pass one', later())
    await store.add(verb, [photo])
    await store.putRecord('order:a', { title: 'SECRET-TITLE' })
    expect((await store.list())[0]?.verb.args.remedy).toBe('SECRET-REMEDY')
    expect(new TextDecoder().decode((await store.blob('blob:1'))!.bytes)).toBe('SECRET-PICTURE')
    close()
    const all = await everythingStored()
    expect(all).toContain('k1')
    expect(all).not.toMatch(/SECRET/)
    expect(all).not.toContain(share.share)
  })

  it('opens again after the browser was killed, while the session lives', async () => {
    const { store, close } = await sessions.open(li, 'pass one', later())
    await store.add(verb, [photo])
    close()
    const again = await sessions.resume()
    expect(await again?.store.list()).toHaveLength(1)
    again?.close()
    share.clear()
    expect(await sessions.resume()).toBeNull()
  })

  it('opens by the password without a connection, and by no other', async () => {
    const { store, close } = await sessions.open(li, 'pass one', later())
    await store.add(verb, [])
    close()
    expect(await sessions.unlock('pass two')).toBeNull()
    const again = await sessions.unlock('pass one')
    expect(await again?.store.list()).toHaveLength(1)
    again?.close()
  })

  it('asks for the former password rather than lose what waits', async () => {
    const { store, close } = await sessions.open(li, 'pass one', later())
    await store.add(verb, [])
    close()
    await expect(sessions.open(li, 'pass two', later())).rejects.toBeInstanceOf(FormerPassword)
    const again = await sessions.open(li, 'pass two', later(), 'pass one')
    expect(await again.store.list()).toHaveLength(1)
    again.close()
    expect(await sessions.unlock('pass two')).not.toBeNull()
  })
})

describe('the end of a session', () => {
  it('signing out leaves nothing', async () => {
    const opened = await sessions.open(li, 'pass one', later())
    await opened.store.add(verb, [photo])
    await sessions.wipe(opened)
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('trunnion-field-li')
    expect([share.share, sessions.register()]).toEqual([null, null])
  })

  it('an ended session takes what was read at once, and keeps what was not sent for its owner alone', async () => {
    const opened = await sessions.open(li, 'pass one', later())
    await opened.store.putRecord('order:a', { title: 'x' })
    await opened.store.add(verb, [])
    await sessions.lock(opened)
    expect(await sessions.resume()).toBeNull()
    expect(await sessions.unlock('pass one')).toBeNull()
    const again = await sessions.open(li, 'pass one', later())
    expect(await again.store.getRecord('order:a')).toBeNull()
    expect(await again.store.list()).toHaveLength(1)
    again.close()
  })

  it('an ended session without anything unsent is wiped', async () => {
    const opened = await sessions.open(li, 'pass one', later())
    await opened.store.putRecord('order:a', { title: 'x' })
    await sessions.lock(opened)
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('trunnion-field-li')
  })

  it('a phone that changes hands keeps nothing of who had it before', async () => {
    const opened = await sessions.open(li, 'pass one', later())
    await opened.store.add(verb, [])
    opened.close()
    expect(await sessions.unsentOfOthers('LI@example.com')).toBeNull()
    expect(await sessions.unsentOfOthers('sun@example.com')).toEqual({ name: 'Li Wei', count: 1 })
    const next = await sessions.open(sun, 'other', later())
    expect(await next.store.list()).toEqual([])
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('trunnion-field-li')
    next.close()
  })
})

describe('moving ahead of the server', () => {
  const machine: Machine = { initial: 'a', final: [], states: [], moves: [{ verb: 'go', from: ['a'], to: 'b' }, { verb: 'rest', from: ['b'], to: null }, { verb: 'back', from: ['b'], to: '<back>' }] }

  it('follows the table', () => {
    expect(['go', 'rest', 'back'].map((verbName) => targetOf(machine, 'b', verbName, 'a'))).toEqual([null, 'b', 'a'])
  })

  it('reads grants with stars', () => {
    expect(isGranted(['work.task.*'], 'work.task.answer')).toBe(true)
    expect(isGranted(['work.*', '*.*.read'], 'assets.asset.read')).toBe(true)
    expect(isGranted(['*'], 'work.order.close')).toBe(true)
    expect(isGranted(['work.order.read_own'], 'work.order.close')).toBe(false)
  })

  it('puts the clock right by the server’s, and never before the last step', () => {
    const clock = new DeviceClock()
    const now = Date.now()
    clock.learn(new Date(now + 180_000).toUTCString(), now, now)
    expect(Math.abs(Date.parse(clock.now()) - now - 180_000)).toBeLessThan(2_000)
    const last = new Date(now + 600_000).toISOString()
    expect(clock.now(last)).toBe(last)
  })
})
