// The queue of named verbs: what was done without a connection, sent in order, each once, and never settled silently.
import type { Api } from '../api/client'
import { uuid7 } from '../api/ids'
import { Problem } from '../api/problem'
import { sendInPieces } from '../uploads/resumable'
import { clashesOf, refusalOf, verdictOf } from './conflicts'
import type { DeviceClock, Lock } from './device'
import type { Answer, Packed, Queued, Refusal, Store, Verb } from './types'

export interface Intent {
  name: string
  method?: 'POST' | 'PATCH'
  path: string
  args?: Record<string, unknown>
  record: string
  seen?: number | null
  base?: Record<string, unknown>
  at?: string
  makes?: string
  files?: { id: string; file: Blob; name: string }[]
  label?: string
}

/** The record that a verb changes, as the server has it now: its version and the fields named by `base`. */
export type Current = (verb: Verb) => Promise<{ version: number; fields: Record<string, unknown> } | null>

/** The records of the store that a verb which went through changes: what was shown ahead stays on the screen. */
export type Settled = (verb: Verb, answer: Answer, ids: Record<string, string>) => Promise<Record<string, unknown>>

export interface OutboxOptions {
  api: Pick<Api, 'send'>
  store: Store
  clock: DeviceClock
  lock: Lock
  current?: Current
  settled?: Settled
  onChange?: () => void
  onLocked?: () => void
}

export type RunEnd = 'empty' | 'offline' | 'locked' | 'elsewhere'

/** Up to here a file is one request: asking how far it got would take as long as sending it. */
const WHOLE_BYTES = 256 * 1024
const LOCAL = /local:[\w-]+/g
const BLOB = /blob:([\w-]+)/g
export const localName = (): string => `local:${uuid7()}`
export const blobName = (): string => `blob:${uuid7()}`

/** A refusal of one verb holds back whatever comes after it on the same record, and whatever needs what it makes. */
function heldBack(verb: Verb, records: Set<string>, names: Set<string>): boolean {
  if (records.has(verb.record)) return true
  return (`${verb.path}${JSON.stringify(verb.args)}`.match(LOCAL) ?? []).some((name) => names.has(name))
}

export class Outbox {
  private readonly options: OutboxOptions
  private isRunning = false
  private isAskedAgain = false

  constructor(options: OutboxOptions) {
    this.options = options
  }

  /** Kept before it is shown as done: when this has answered, the verb survives anything short of losing the phone. */
  async put(intent: Intent): Promise<Verb> {
    const verb: Verb = {
      key: uuid7(),
      name: intent.name,
      method: intent.method ?? 'POST',
      path: intent.path,
      args: intent.args ?? {},
      record: intent.record,
      seen: await this.seenBy(intent),
      ...(intent.base ? { base: intent.base } : {}),
      at: intent.at ?? this.options.clock.now(),
      ...(intent.makes ? { makes: intent.makes } : {}),
      blobs: (intent.files ?? []).map(({ id }) => id),
      label: intent.label ?? '',
    }
    const packed = await Promise.all((intent.files ?? []).map(async ({ id, file, name }): Promise<Packed> => ({ id, name, type: file.type, bytes: await file.arrayBuffer(), fileId: null })))
    await this.options.store.add(verb, packed)
    this.changed()
    return verb
  }

  /** What one has changed oneself and not yet sent is no news: only the first of such verbs names the version. */
  private async seenBy({ name, path, seen }: Intent): Promise<number | null> {
    if (seen === undefined || seen === null) return null
    const isAgain = (await this.options.store.list()).some(({ verb, state }) => state !== 'aside' && verb.name === name && verb.path === path)
    return isAgain ? null : seen
  }

  /** Sends what waits, oldest first. A call while it runs makes it look once more. */
  async run(): Promise<RunEnd> {
    if (this.isRunning) {
      this.isAskedAgain = true
      return 'elsewhere'
    }
    this.isRunning = true
    try {
      let end: RunEnd = 'empty'
      do {
        this.isAskedAgain = false
        end = (await this.options.lock(() => this.drain())) ?? 'elsewhere'
      } while (this.isAskedAgain && end === 'empty')
      return end
    } finally {
      this.isRunning = false
      this.changed()
    }
  }

  private async drain(): Promise<RunEnd> {
    for (;;) {
      const next = this.nextOf(await this.options.store.list())
      if (!next) return 'empty'
      try {
        await this.sendOne(next)
      } catch (error) {
        const verdict = verdictOf(error)
        if (verdict === 'locked') this.options.onLocked?.()
        if (verdict !== 'refused') return verdict === 'locked' ? 'locked' : 'offline'
        await this.refuse(next, error as Problem)
      }
      this.changed()
    }
  }

  private nextOf(queue: Queued[]): Queued | null {
    const records = new Set<string>()
    const names = new Set<string>()
    for (const one of queue) {
      if (one.state === 'waiting' && !heldBack(one.verb, records, names)) return one
      // What was set aside by its owner holds nothing back, except what would need the record it was to make.
      if (one.state !== 'aside') records.add(one.verb.record)
      if (one.verb.makes) names.add(one.verb.makes)
    }
    return null
  }

  private async sendOne({ n, verb }: Queued): Promise<void> {
    const ids = { ...(await this.options.store.made()), ...(await this.uploaded(verb)) }
    const put = (text: string): string => text.replace(LOCAL, (name) => ids[name] ?? name).replace(BLOB, (name) => ids[name] ?? name)
    const headers: Record<string, string> = { 'Idempotency-Key': verb.key, 'X-Device-Time': verb.at }
    if (verb.seen !== null) headers['If-Match'] = `"${verb.seen}"`
    const answer = await this.ask(verb.method, `/api/${put(verb.path)}`, JSON.parse(put(JSON.stringify(verb.args))), headers)
    const made = verb.makes && answer.id ? { [verb.makes]: answer.id } : {}
    const records = (await this.options.settled?.(verb, answer, { ...ids, ...made })) ?? {}
    const sent = { key: verb.key, name: verb.name, record: verb.record, label: verb.label, at: this.options.clock.now() }
    await this.options.store.settle({ n, sent, made, blobs: verb.blobs, records })
  }

  private async ask(method: 'POST' | 'PATCH', path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const askedAt = Date.now()
    const response = await this.options.api.send({ method, path, body, headers })
    this.options.clock.learn(response.headers('Date'), askedAt)
    return (response.body as Answer | null) ?? {}
  }

  /** Files go first, each under a key of its own; larger ones in pieces, so that a broken line loses little. */
  private async uploaded(verb: Verb): Promise<Record<string, string>> {
    const ids: Record<string, string> = {}
    for (const id of verb.blobs) {
      const blob = await this.options.store.blob(id)
      if (!blob) continue
      ids[id] = blob.fileId ?? (await this.upload(blob))
    }
    return ids
  }

  private async upload(blob: Packed): Promise<string> {
    const fileId = blob.bytes.byteLength > WHOLE_BYTES ? await this.uploadInPieces(blob) : await this.uploadWhole(blob)
    await this.options.store.markUploaded(blob.id, fileId)
    return fileId
  }

  /** Its key is its address: announced again after a reload it is the same upload, and goes on where that is. */
  private uploadInPieces({ id, name, type, bytes }: Packed): Promise<string> {
    return sendInPieces({ api: this.options.api, base: '/api/attach/uploads', file: new Blob([bytes], { type }), name, key: id.replace('blob:', '') })
  }

  private async uploadWhole(blob: Packed): Promise<string> {
    const form = new FormData()
    form.append('file', new Blob([blob.bytes], { type: blob.type }), blob.name)
    const answer = await this.ask('POST', '/api/attach/files', form, { 'Idempotency-Key': blob.id.replace('blob:', '') })
    return answer.id ?? ''
  }

  /** A stale version is no conflict where the two changes do not touch: then one's own is sent against the newer version. */
  private async refuse({ n, verb }: Queued, problem: Problem): Promise<void> {
    const refusal = refusalOf(problem, this.options.clock.now())
    const now = problem.status === 412 && verb.base ? await this.current(verb) : null
    if (!now || !verb.base) return this.options.store.mark(n, 'blocked', refusal)
    if (!clashesOf(verb.base, verb.args, now.fields).length) return this.options.store.mark(n, 'waiting', null, { ...verb, seen: now.version, base: { ...verb.base, ...now.fields } })
    return this.options.store.mark(n, 'blocked', { ...refusal, theirs: now.fields, version: now.version })
  }

  private async current(verb: Verb): ReturnType<Current> {
    try {
      return (await this.options.current?.(verb)) ?? null
    } catch {
      return null
    }
  }

  /** One's own decision stands: against the version that was shown beside it, or simply once more. */
  async keepMine(n: number): Promise<void> {
    const found = (await this.options.store.list()).find((one) => one.n === n)
    if (!found) return
    const { version, theirs }: Partial<Refusal> = found.refusal ?? {}
    const verb = version === undefined ? found.verb : { ...found.verb, seen: version, base: { ...found.verb.base, ...theirs } }
    await this.options.store.mark(n, 'waiting', null, verb)
    this.changed()
  }

  /** Not sent, and not forgotten: it stays readable on the phone until its owner throws it away. */
  async setAside(...ns: number[]): Promise<void> {
    for (const { n, refusal } of await this.options.store.list()) {
      if (ns.includes(n)) await this.options.store.mark(n, 'aside', refusal)
    }
    this.changed()
  }

  async throwAway(n: number): Promise<void> {
    await this.options.store.remove(n)
    this.changed()
  }

  private changed(): void {
    this.options.onChange?.()
  }
}
