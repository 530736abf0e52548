// Carries files up behind the page: one after the other, through broken lines and reloads, with its progress to be seen.
import type { Api } from '../api/client'
import { uuid7 } from '../api/ids'
import { announce, backOff, sendInPieces, uploadIdOf } from './resumable'
import { openShelf, type Kept, type Shelf } from './shelf'

export interface Carried {
  key: string
  group: string
  name: string
  type: string
  size: number
  progress: number
  uploadId: string | null
  fileId: string | null
  /** A picture of it from this phone. */
  preview: string | null
  isSent: boolean
  error: unknown
}

export interface Load {
  group: string
  base: string
  name: string
  blob: Blob
  poster?: Blob | null
}

interface Held {
  kept: Kept
  shown: Carried
  stop: AbortController
}

export interface CarrierOptions {
  api: Pick<Api, 'send'>
  shelf?: Promise<Shelf>
  wait?: (tries: number) => Promise<void>
}

export class Carrier {
  private readonly options: CarrierOptions
  private readonly shelf: Promise<Shelf>
  private readonly held = new Map<string, Held>()
  private readonly listeners = new Set<() => void>()
  /** How many files of a group are still being made ready, such as a photo that is made smaller. */
  private readonly preparing = new Map<string, number>()
  private isRunning = false
  /** The same array until something changes, as a store for drawing must be. */
  items: Carried[] = []
  /** Told once what lay on the phone has been looked at. */
  readonly ready: Promise<void>

  constructor(options: CarrierOptions) {
    this.options = options
    this.shelf = options.shelf ?? openShelf()
    this.ready = this.wake()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private async wake(): Promise<void> {
    for (const kept of await (await this.shelf).all()) {
      if (kept.fileId && kept.isSent) await (await this.shelf).drop(kept.key)
      else this.hold(kept)
    }
    this.tell()
    void this.run()
  }

  private hold(kept: Kept): void {
    const picture = kept.poster ?? (kept.type.startsWith('image/') ? kept.blob : null)
    const preview = picture && typeof URL.createObjectURL === 'function' ? URL.createObjectURL(picture) : null
    const { key, group, name, type, size, fileId, isSent } = kept
    const shown = { key, group, name, type, size, progress: fileId ? 1 : 0, uploadId: kept.where ? uploadIdOf(kept.where) : null, fileId, preview, isSent, error: null }
    this.held.set(key, { kept, shown, stop: new AbortController() })
  }

  private tell(): void {
    this.items = [...this.held.values()].map(({ shown }) => shown)
    for (const listener of this.listeners) listener()
  }

  /** Picked, but not ready to be kept yet: whoever asks what a report can name waits for it. */
  async prepare(group: string, work: () => Promise<void>): Promise<void> {
    const count = (by: number): unknown => this.preparing.set(group, (this.preparing.get(group) ?? 0) + by)
    count(1)
    try {
      await work()
    } finally {
      count(-1)
      this.tell()
    }
  }

  /** Kept on the phone first; what is kept survives the page. */
  async add({ group, base, name, blob, poster = null }: Load): Promise<string> {
    const key = uuid7()
    const kept: Kept = { key, group, base, name, type: blob.type, size: blob.size, blob, poster, where: null, fileId: null, isSent: false, at: Date.now() }
    this.hold(kept)
    this.tell()
    await this.store(kept)
    void this.run()
    return key
  }

  private async store(kept: Kept): Promise<void> {
    try {
      await (await this.shelf).put(kept)
    } catch {
      // A full phone: it goes up from memory, as long as the page is open.
    }
  }

  async remove(key: string): Promise<void> {
    const one = this.held.get(key)
    if (!one) return
    one.stop.abort()
    if (one.shown.preview) URL.revokeObjectURL(one.shown.preview)
    this.held.delete(key)
    this.tell()
    await (await this.shelf).drop(key)
    if (one.kept.where && !one.kept.isSent) {
      await this.options.api.send({ method: 'DELETE', path: one.kept.where, headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => undefined)
    }
  }

  retry(key: string): void {
    this.change(key, {}, { error: null })
    void this.run()
  }

  /** They were named in a report: from here on they only have to arrive, and are shown where that is followed. */
  async sent(group: string, into: string = group): Promise<void> {
    for (const { kept } of this.of(group)) {
      if (kept.fileId) await this.remove(kept.key)
      else await this.change(kept.key, { isSent: true, group: into }, { isSent: true, group: into })
    }
  }

  private of(group: string): Held[] {
    return [...this.held.values()].filter(({ kept }) => kept.group === group && !kept.isSent)
  }

  private async change(key: string, kept: Partial<Kept>, shown: Partial<Carried>): Promise<void> {
    const one = this.held.get(key)
    if (!one) return
    one.kept = { ...one.kept, ...kept }
    one.shown = { ...one.shown, ...shown }
    this.tell()
    if (Object.keys(kept).length) await this.store(one.kept)
  }

  private next(): Held | undefined {
    // What announces itself first can be named in the report; small things go before films.
    const waiting = [...this.held.values()].filter(({ kept, shown }) => kept.blob && !kept.fileId && !shown.error)
    return waiting.toSorted((a, b) => Number(a.kept.where !== null) - Number(b.kept.where !== null) || a.kept.size - b.kept.size)[0]
  }

  private async run(): Promise<void> {
    if (this.isRunning) return
    this.isRunning = true
    try {
      for (let one = this.next(); one; one = this.next()) {
        const { key } = one.kept
        // Another tab may be carrying the same file: it is left to that one.
        await locked(`trunnion-upload-${key}`, () => this.carry(key, one.kept.where === null))
      }
    } finally {
      this.isRunning = false
    }
  }

  /** Until everything for a report has a name that the report can tell, or was refused. */
  async announced(group: string): Promise<string[]> {
    await this.ready
    const isOpen = (): boolean => Boolean(this.preparing.get(group)) || this.of(group).some(({ shown }) => !shown.uploadId && !shown.error)
    while (isOpen()) {
      await new Promise<void>((resolve) => {
        const stop = this.subscribe(() => { stop(); resolve() })
      })
    }
    return this.of(group).flatMap(({ shown }) => (shown.uploadId && !shown.error ? [shown.uploadId] : []))
  }

  private async carry(key: string, isNew: boolean): Promise<void> {
    const one = this.held.get(key)
    const { blob, name, base, where, poster } = one?.kept ?? {}
    if (!one || !blob || !name || !base) return
    try {
      const how = {
        api: this.options.api, base, file: blob, name, key, where, poster, signal: one.stop.signal,
        wait: this.options.wait ?? backOff,
        onWhere: (at: string) => void this.change(key, { where: at }, { uploadId: uploadIdOf(at) }),
        onProgress: (progress: number) => void this.change(key, {}, { progress }),
      }
      if (isNew) return await announce(how)
      const fileId = await sendInPieces(how)
      await this.change(key, { fileId, blob: null }, { fileId, progress: 1 })
      if (this.held.get(key)?.kept.isSent) await (await this.shelf).drop(key)
    } catch (error) {
      if (!one.stop.signal.aborted) await this.change(key, {}, { error })
    }
  }
}

async function locked(name: string, work: () => Promise<void>): Promise<void> {
  if (typeof navigator === 'undefined' || !navigator.locks) return work()
  return navigator.locks.request(name, work)
}
