// Files in pieces: a line that breaks, a server that forgets, a page that is reloaded; each file goes up once and whole.
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { Problem, Unreachable } from '../api/problem'
import type { WireRequest, WireResponse } from '../api/transport'
import { Carrier } from './carrier'
import { sendInPieces, type Sending } from './resumable'
import { openShelf } from './shelf'

interface Held {
  size: number
  data: Uint8Array
  fileId: string | null
}

/** Behaves as the server does: keeps what arrived, refuses a wrong offset, answers a repeated key alike. */
class Server {
  uploads = new Map<string, Held>()
  keys = new Map<string, string>()
  pieces = 0
  posters = 0
  isOnline = true
  /** Before this piece arrives the line breaks, having carried half of it. */
  cutAt = -1
  /** Does the work, then loses the answer. */
  loseAt = -1

  send = async (request: WireRequest): Promise<WireResponse> => {
    if (!this.isOnline) throw new Unreachable()
    if (request.method === 'POST') return this.begin(request)
    const id = request.path.split('/')[4] ?? ''
    const held = this.uploads.get(id)
    if (!held) throw new Problem(404, {})
    if (request.method === 'PUT') this.posters += 1
    if (request.method === 'DELETE') this.uploads.delete(id)
    if (request.method === 'PATCH') await this.piece(request, held)
    return this.told(id, held)
  }

  private begin({ headers = {} }: WireRequest): WireResponse {
    const key = headers['Idempotency-Key'] ?? ''
    const id = this.keys.get(key) ?? `u${this.keys.size + 1}`
    this.keys.set(key, id)
    if (!this.uploads.has(id)) this.uploads.set(id, { size: Number(headers['Upload-Length']), data: new Uint8Array(), fileId: null })
    return this.told(id, this.uploads.get(id)!)
  }

  private async piece({ headers = {}, body }: WireRequest, held: Held): Promise<void> {
    this.pieces += 1
    if (Number(headers['Upload-Offset']) !== held.data.length) throw new Problem(409, { code: 'upload.wrong_offset' })
    const sent = new Uint8Array(await (body as Blob).arrayBuffer())
    const isCut = this.pieces === this.cutAt
    const kept = isCut ? sent.slice(0, sent.length / 2) : sent
    const grown = new Uint8Array(held.data.length + kept.length)
    grown.set(held.data)
    grown.set(kept, held.data.length)
    held.data = grown
    if (isCut) throw new Unreachable()
    if (held.data.length === held.size) held.fileId = `file-of-${held.size}`
    if (this.pieces === this.loseAt) throw new Unreachable()
  }

  private told(id: string, held: Held, status = 200): WireResponse {
    const headers: Record<string, string | null> = { Location: `/api/attach/uploads/${id}`, 'Upload-Offset': String(held.data.length), 'Upload-File': held.fileId }
    return { status, headers: (name) => headers[name] ?? null, body: status === 204 ? null : { id } }
  }
}

let server: Server
let names = 0
const bytes = (length: number): Blob => new Blob([Uint8Array.from({ length }, (_, i) => i % 251)], { type: 'video/mp4' })
const sending = (more: Partial<Sending> = {}): Sending => ({ api: server, base: '/api/attach/uploads', file: bytes(900_000), name: '漏水.mp4', key: 'k', wait: async () => undefined, ...more })
const whole = (id: string): boolean => server.uploads.get(id)!.data.every((byte, at) => byte === at % 251)

beforeEach(() => {
  server = new Server()
  names += 1
})

describe('one file', () => {
  it('goes up in growing pieces and tells how far it is', async () => {
    const shares: number[] = []
    expect(await sendInPieces(sending({ onProgress: (share) => shares.push(share) }))).toBe('file-of-900000')
    expect(server.pieces).toBe(3)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(whole('u1')).toBe(true)
  })

  it('goes on after a cut from where the server is, with smaller pieces', async () => {
    server.cutAt = 2
    expect(await sendInPieces(sending())).toBe('file-of-900000')
    expect(server.uploads.size).toBe(1)
    expect(whole('u1')).toBe(true)
  })

  it('asks again when the last answer was lost, and sends nothing twice', async () => {
    server.loseAt = 3
    expect(await sendInPieces(sending())).toBe('file-of-900000')
    expect(server.pieces).toBe(3)
    expect(server.uploads.get('u1')!.data.length).toBe(900_000)
  })

  it('a report waits for a photo that is still being made smaller', async () => {
    const carrier = new Carrier({ api: server, shelf: openShelf(), wait: async () => undefined })
    let isSmaller = (): void => undefined
    const smaller = new Promise<void>((resolve) => { isSmaller = resolve })
    const picked = carrier.prepare('g', async () => {
      await smaller
      await carrier.add({ group: 'g', base: 'service/scan/t', name: 'a.jpg', blob: new Blob(['abc']) })
    })
    const named = carrier.announced('g')
    isSmaller()
    await picked
    expect(await named).toEqual(['u1'])
  })

  it('is announced once however often it begins', async () => {
    server.cutAt = 1
    await expect(sendInPieces(sending({ wait: undefined }))).rejects.toBeInstanceOf(Unreachable)
    expect(await sendInPieces(sending({ wait: undefined }))).toBe('file-of-900000')
    expect(server.uploads.size).toBe(1)
  })

  it('begins anew where the server has forgotten it', async () => {
    await sendInPieces(sending())
    server.uploads.clear()
    expect(await sendInPieces(sending({ where: '/api/attach/uploads/u1' }))).toBe('file-of-900000')
    expect([...server.uploads.keys()]).toEqual(['u2'])
  })

  it('a refusal is a refusal', async () => {
    const refusing = { send: async (): Promise<WireResponse> => { throw new Problem(413, { code: 'file_too_large' }) } }
    await expect(sendInPieces(sending({ api: refusing }))).rejects.toMatchObject({ code: 'file_too_large' })
  })
})

describe('the carrier', () => {
  const load = { group: 'label', base: '/api/attach/uploads', name: 'leak.mp4' }
  const carrier = (): Carrier => new Carrier({ api: server, shelf: openShelf(`t${names}`), wait: () => new Promise((resolve) => { setTimeout(resolve, 5) }) })
  const settled = async (one: Carrier, isSo: () => boolean): Promise<void> => {
    for (let i = 0; i < 400 && !isSo(); i += 1) await new Promise((resolve) => { setTimeout(resolve, 5) })
    expect(isSo(), JSON.stringify(one.items)).toBe(true)
  }

  it('keeps what it was given over a reload and goes on by itself', async () => {
    const first = carrier()
    await first.ready
    server.cutAt = 2
    await first.add({ ...load, blob: bytes(900_000), poster: new Blob(['p'], { type: 'image/jpeg' }) })
    await settled(first, () => server.pieces >= 2)
    server.isOnline = false
    await settled(first, () => first.items[0]!.uploadId === 'u1')
    // The page is gone; another one opens.
    const second = carrier()
    await second.ready
    expect(second.items.map(({ name, uploadId }) => [name, uploadId])).toEqual([['leak.mp4', 'u1']])
    server.isOnline = true
    await settled(second, () => second.items[0]?.fileId === 'file-of-900000')
    expect(server.uploads.size).toBe(1)
    expect(server.posters).toBe(1)
    expect(whole('u1')).toBe(true)
  })

  it('what a report has named goes from the phone as soon as it has arrived', async () => {
    const one = carrier()
    await one.ready
    server.isOnline = false
    await one.add({ ...load, blob: bytes(10) })
    await one.sent('label')
    expect(one.items[0]).toMatchObject({ isSent: true, fileId: null })
    server.isOnline = true
    await settled(one, () => one.items[0]?.fileId !== null)
    let left = [{}]
    for (let i = 0; i < 100 && left.length; i += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 5) })
      left = await (await openShelf(`t${names}`)).all()
    }
    expect(left).toEqual([])
  })

  it('small files go before films, and what is taken back is given up at the server', async () => {
    const one = carrier()
    await one.ready
    server.isOnline = false
    const film = await one.add({ ...load, blob: bytes(500_000) })
    await one.add({ ...load, name: 'a.jpg', blob: bytes(100) })
    await one.remove(film)
    server.isOnline = true
    await settled(one, () => one.items.every(({ fileId }) => fileId))
    expect([...server.uploads.values()].map(({ size }) => size)).toEqual([100])
  })
})
