// The queue: order, replay after a kill, duplicate answers, conflicts, pictures.
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem, Unreachable } from '../api/problem'
import type { WireRequest, WireResponse } from '../api/transport'
import { Database, SealedStore } from './database'
import { DeviceClock } from './device'
import { blobName, localName, Outbox, type OutboxOptions } from './outbox'
import type { Answer } from './types'
import { newDataKey, vaultOf } from './vault'

/** Behaves as the server does: one effect for each key, the first answer at each repetition. */
class Server {
  effects: { path: string; body: unknown; match?: string }[] = []
  answers = new Map<string, Answer>()
  isOnline = true
  /** Does the work, then loses the answer: so many times. */
  lose = 0
  refuse: (request: WireRequest) => Problem | null = () => null
  private last = 0

  send = async (request: WireRequest): Promise<WireResponse> => {
    if (!this.isOnline) throw new Unreachable()
    const key = request.headers?.['Idempotency-Key'] ?? ''
    if (!this.answers.has(key)) {
      const problem = this.refuse(request)
      if (problem) throw problem
      this.last += 1
      this.answers.set(key, { id: `id-${this.last}`, version: this.last })
      this.effects.push({ path: request.path, body: request.body, ...(request.headers?.['If-Match'] ? { match: request.headers['If-Match'] } : {}) })
    }
    if (this.lose > 0) {
      this.lose -= 1
      throw new Unreachable()
    }
    return { status: 200, headers: () => null, body: this.answers.get(key) }
  }

  get paths(): string[] {
    return this.effects.map(({ path }) => path.replace('/api/work/', ''))
  }
}

let db: Database
let store: SealedStore
let server: Server
let names = 0

const boxOf = (more: Partial<OutboxOptions> = {}): Outbox => new Outbox({ api: server, store, clock: new DeviceClock(), lock: (work) => work(), ...more })
const step = (verb: string, order = 'a') => ({ name: `work.order.${verb}`, path: `work/orders/${order}/${verb}`, record: `work.order:${order}` })

beforeEach(async () => {
  names += 1
  db = new Database(`test-${names}`)
  store = new SealedStore(db, await vaultOf(newDataKey()))
  server = new Server()
})

describe('sending', () => {
  it('keeps the order of verbs, over records as well', async () => {
    server.isOnline = false
    const box = boxOf()
    for (const verb of ['accept', 'depart']) await box.put(step(verb))
    await box.put(step('start', 'b'))
    await box.put(step('arrive'))
    expect(await box.run()).toBe('offline')
    server.isOnline = true
    expect(await box.run()).toBe('empty')
    expect(server.paths).toEqual(['orders/a/accept', 'orders/a/depart', 'orders/b/start', 'orders/a/arrive'])
    expect(await store.list()).toEqual([])
    expect((await store.sent()).map(({ name }) => name)).toEqual(['work.order.arrive', 'work.order.start', 'work.order.depart', 'work.order.accept'])
  })

  it('happens once when the answer is lost', async () => {
    const box = boxOf()
    await box.put(step('start'))
    server.lose = 2
    expect(await box.run()).toBe('offline')
    expect(await box.run()).toBe('offline')
    expect(await box.run()).toBe('empty')
    expect(server.paths).toEqual(['orders/a/start'])
  })

  it('survives a kill in the middle of a replay: nothing lost, nothing twice', async () => {
    const box = boxOf()
    for (const verb of ['accept', 'depart', 'arrive', 'start']) await box.put(step(verb))
    // The page dies after the server did the third verb and before the phone noted it.
    let settled = 0
    const dying = boxOf({ settled: () => { settled += 1; return settled === 3 ? new Promise(() => undefined) : Promise.resolve({}) } })
    void dying.run()
    await vi.waitUntil(() => settled === 3)
    expect(await store.list()).toHaveLength(2)
    const reopened = new Database(db.name)
    expect(await reopened.outbox.count()).toBe(2)
    expect(await boxOf().run()).toBe('empty')
    expect(server.paths).toEqual(['orders/a/accept', 'orders/a/depart', 'orders/a/arrive', 'orders/a/start'])
  })

  it('has one sender at a time', async () => {
    let isTaken = false
    const lock = async <T>(work: () => Promise<T>): Promise<T | null> => {
      if (isTaken) return null
      isTaken = true
      try { return await work() } finally { isTaken = false }
    }
    const [one, other] = [boxOf({ lock }), boxOf({ lock })]
    await one.put(step('start'))
    const ends = await Promise.all([one.run(), other.run()])
    expect(ends.toSorted()).toEqual(['elsewhere', 'empty'])
    expect(server.paths).toEqual(['orders/a/start'])
  })

  it('stops when the session has ended, and keeps everything', async () => {
    let isLocked = false
    const box = boxOf({ onLocked: () => { isLocked = true } })
    await box.put(step('start'))
    server.refuse = () => new Problem(401, {})
    expect(await box.run()).toBe('locked')
    expect(isLocked).toBe(true)
    expect(await store.list()).toHaveLength(1)
  })
})

describe('what travels with a verb', () => {
  it('a picture goes first, under its own key, and once', async () => {
    const box = boxOf()
    const id = blobName()
    await box.put({ name: 'attach.file.link', path: `attach/files/${id}/link`, args: { role: 'after' }, record: 'work.order:a', files: [{ id, file: new Blob(['jpeg'], { type: 'image/jpeg' }), name: 'p.jpg' }] })
    expect(await db.blobs.count()).toBe(1)
    server.lose = 1
    await box.run()
    await box.run()
    expect(server.effects.map(({ path }) => path)).toEqual(['/api/attach/files', '/api/attach/files/id-1/link'])
    expect(await db.blobs.count()).toBe(0)
  })

  it('a record made on the phone gets its name from the server, in path and arguments', async () => {
    const box = boxOf()
    const order = localName()
    await box.put({ name: 'work.order.create', path: 'work/orders/create', args: { title: 'Leak' }, record: `work.order:${order}`, makes: order })
    await box.put(step('start', order))
    await box.put({ name: 'work.failure.record', path: 'work/failures/record', args: { order_id: order, mode: 'unknown' }, record: `work.order:${order}` })
    await box.run()
    expect(server.paths).toEqual(['orders/create', 'orders/id-1/start', 'failures/record'])
    expect(server.effects[2]?.body).toEqual({ order_id: 'id-1', mode: 'unknown' })
  })
})

describe('a refusal', () => {
  it('holds back the same record only, and waits for a decision', async () => {
    server.refuse = ({ path }) => (path.endsWith('a/depart') ? new Problem(409, { code: 'wrong_state', facts: { state: 'cancelled' } }) : null)
    const box = boxOf()
    for (const verb of ['accept', 'depart', 'arrive']) await box.put(step(verb))
    await box.put(step('start', 'b'))
    expect(await box.run()).toBe('empty')
    expect(server.paths).toEqual(['orders/a/accept', 'orders/b/start'])
    const [blocked, held] = await store.list()
    expect([blocked?.state, blocked?.refusal?.code, held?.state]).toEqual(['blocked', 'wrong_state', 'waiting'])
    await box.setAside(blocked!.n)
    await box.run()
    expect(server.paths).toEqual(['orders/a/accept', 'orders/b/start', 'orders/a/arrive'])
    expect((await store.list()).map(({ state }) => state)).toEqual(['aside'])
    await box.throwAway(blocked!.n)
    expect(await store.list()).toEqual([])
  })

  it('what needs a record that was not made waits with it', async () => {
    server.refuse = ({ path }) => (path.endsWith('create') ? new Problem(422, { code: 'invalid_input' }) : null)
    const box = boxOf()
    const order = localName()
    await box.put({ name: 'work.order.create', path: 'work/orders/create', record: `work.order:${order}`, makes: order })
    await box.put({ ...step('start', order), record: 'elsewhere' })
    await box.run()
    await box.setAside((await store.list())[0]!.n)
    await box.run()
    expect(server.effects).toEqual([])
    expect(await store.list()).toHaveLength(2)
  })
})

describe('an older version', () => {
  const answer = { name: 'work.task.answer', path: 'work/tasks/t/answer', args: { result: 'pass', note: 'ok' }, record: 'work.order:a', seen: 3, base: { result: '', note: '' } }
  const stale = (current: number) => ({ headers }: WireRequest) => (headers?.['If-Match'] === `"${current}"` ? null : new Problem(412, { code: 'stale_version', facts: { current } }))

  it('merges field by field where the changes do not touch', async () => {
    server.refuse = stale(5)
    const box = boxOf({ current: async () => ({ version: 5, fields: { title: 'other words', note: '' } }) })
    await box.put(answer)
    expect(await box.run()).toBe('empty')
    expect(server.effects).toMatchObject([{ match: '"5"' }])
  })

  it('is not one’s own earlier answer that waits as well', async () => {
    const box = boxOf()
    await box.put(answer)
    await box.put({ ...answer, args: { result: 'fail', note: '' } })
    expect((await store.list()).map(({ verb }) => verb.seen)).toEqual([3, null])
    await box.run()
    expect(server.effects).toHaveLength(2)
  })

  it('shows both sides where they do, and sends one’s own only when told to', async () => {
    server.refuse = stale(5)
    const box = boxOf({ current: async () => ({ version: 5, fields: { result: 'fail', note: '' } }) })
    await box.put(answer)
    expect(await box.run()).toBe('empty')
    const [clash] = await store.list()
    expect(clash).toMatchObject({ state: 'blocked', refusal: { theirs: { result: 'fail' }, version: 5 } })
    expect(server.effects).toEqual([])
    await box.keepMine(clash!.n)
    await box.run()
    expect(server.effects).toMatchObject([{ match: '"5"', body: { result: 'pass' } }])
  })
})
