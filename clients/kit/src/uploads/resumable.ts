// A file in pieces (tus 1.0): what arrived stays there, and after a broken line it goes on from where the server is.
import type { Api } from '../api/client'
import { uuid7 } from '../api/ids'
import { Problem, Unreachable } from '../api/problem'

export interface Sending {
  api: Pick<Api, 'send'>
  /** `/api/attach/uploads`, or a guest's. */
  base: string
  file: Blob
  name: string
  /** The same file keeps its key: announcing it twice is one upload. */
  key: string
  /** The address of its pieces, where that is known already. */
  where?: string | null
  /** The picture that a film will be shown by. */
  poster?: Blob | null
  signal?: AbortSignal
  onWhere?: (where: string) => void
  onProgress?: (share: number) => void
  /** Waits before the next try; without it the first broken line ends the attempt. */
  wait?: (tries: number) => Promise<void>
}

const PIECE = 'application/offset+octet-stream'
const LEAST = 64 * 1024
const FIRST = 256 * 1024
const MOST = 4 * 1024 * 1024
/** A piece that takes longer than this loses too much when the line breaks. */
const LONG_MS = 4_000
const SHORT_MS = 1_500
const QUICK_TRIES = 3
const TUS = { 'Tus-Resumable': '1.0.0' }

/** What settles by itself: no answer, a busy or troubled server, a piece that was damaged or counted differently. */
const isPassing = (error: unknown): boolean => error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || [408, 409, 423, 429, 460].includes(error.status)))
const isGone = (error: unknown): boolean => error instanceof Problem && error.status === 404

const shortly = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 300) })

export const uploadIdOf = (where: string): string => where.split('/').at(-1) ?? ''

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Plain HTTP pages have no cryptography; there the piece's length is all that is checked. */
async function digestOf(piece: Blob): Promise<Record<string, string>> {
  if (typeof crypto === 'undefined' || !crypto.subtle) return {}
  const digest = await crypto.subtle.digest('SHA-256', await piece.arrayBuffer())
  return { 'Upload-Checksum': `sha256 ${base64(new Uint8Array(digest))}` }
}

class Upload {
  private readonly how: Sending
  private where: string | null
  private offset: number | null = null
  private size = FIRST

  constructor(how: Sending) {
    this.how = how
    this.where = how.where ?? null
  }

  /** Only says that it will come, so that it can be named. */
  announce(): Promise<void> {
    return this.patiently(async () => { if (!this.where) await this.begin(this.how.key) })
  }

  run(): Promise<string> {
    return this.patiently(() => this.attempt())
  }

  private async patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      const before = this.offset
      try {
        this.how.signal?.throwIfAborted()
        return await attempt()
      } catch (error) {
        if (this.how.signal?.aborted || !isPassing(error)) throw error
        // Whoever has a queue of their own comes back later: without a line at once, else after a few tries.
        if (!this.how.wait && (error instanceof Unreachable || tries >= QUICK_TRIES)) throw new Unreachable()
        this.size = Math.max(LEAST, this.size / 4)
        // Whatever went well since is a new beginning for the patience.
        if (this.offset !== before) tries = 0
        this.offset = null
        await (this.how.wait ?? shortly)(tries)
      }
    }
  }

  private async attempt(): Promise<string> {
    if (!this.where) await this.begin(this.how.key)
    const known = await this.look()
    if (known) return known
    for (;;) {
      const done = await this.piece()
      if (done) return done
    }
  }

  private async begin(key: string): Promise<void> {
    const { api, base, file, name, signal } = this.how
    const headers = { ...TUS, 'Idempotency-Key': key, 'Upload-Length': String(file.size), 'Upload-Metadata': `filename ${base64(new TextEncoder().encode(name))}` }
    const answer = await api.send({ method: 'POST', path: base, headers, signal })
    this.where = answer.headers('Location') ?? `${base}/${(answer.body as { id: string }).id}`
    this.how.onWhere?.(this.where)
    await this.sendPoster()
  }

  private async sendPoster(): Promise<void> {
    const { api, poster, signal } = this.how
    if (!poster) return
    try {
      await api.send({ method: 'PUT', path: `${this.where}/poster`, body: poster, headers: { 'Content-Type': 'image/jpeg' }, signal })
    } catch (error) {
      // A film without its picture is still the film.
      if (!(error instanceof Problem)) throw error
    }
  }

  private async look(): Promise<string | null> {
    const { api, file, signal } = this.how
    try {
      const answer = await api.send({ method: 'HEAD', path: this.where!, headers: TUS, signal })
      this.offset = Number(answer.headers('Upload-Offset'))
      this.how.onProgress?.(this.offset / file.size)
      return answer.headers('Upload-File')
    } catch (error) {
      if (!isGone(error)) throw error
      // It was given up meanwhile, or its time was over: it begins anew, under another key.
      await this.begin(uuid7())
      this.offset = 0
      return null
    }
  }

  private async piece(): Promise<string | null> {
    const { api, file, signal } = this.how
    const from = this.offset ?? 0
    const piece = file.slice(from, from + this.size)
    const headers = { ...TUS, 'Upload-Offset': String(from), 'Content-Type': PIECE, ...(piece.size ? await digestOf(piece) : {}) }
    const askedAt = Date.now()
    const answer = await api.send({ method: 'PATCH', path: this.where!, body: piece, headers, signal })
    const took = Date.now() - askedAt
    if (took < SHORT_MS) this.size = Math.min(MOST, this.size * 2)
    else if (took > LONG_MS) this.size = Math.max(LEAST, this.size / 2)
    this.offset = Number(answer.headers('Upload-Offset') ?? from + piece.size)
    this.how.onProgress?.(this.offset / file.size)
    return answer.headers('Upload-File')
  }
}

export const announce = (how: Sending): Promise<void> => new Upload(how).announce()

/** Sends a file, or what is left of it; answers the id of the file that it became. */
export const sendInPieces = (how: Sending): Promise<string> => new Upload(how).run()

const LONGEST_WAIT = 20_000

/** Waits longer each time, never at the same moment as everybody else, and not at all once the line is back. */
export function backOff(tries: number): Promise<void> {
  const time = Math.min(LONGEST_WAIT, 700 * 2 ** Math.min(tries, 6)) * (0.6 + Math.random() * 0.4)
  return new Promise((resolve) => {
    const done = (): void => { clearTimeout(timer); globalThis.removeEventListener?.('online', done); resolve() }
    const timer = setTimeout(done, time)
    globalThis.addEventListener?.('online', done)
  })
}
