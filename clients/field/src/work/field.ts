// The app's own state: what is kept on this phone, what waits, and how both make up what the screens show.
import { Problem, Unreachable, type Api, type Me } from '@trunnion/kit/api'
import { DeviceClock, measureStorage, Outbox, senderLock, type Intent, type Packed, type Pressure, type Queued, type Sent, type Store, type Verb } from '@trunnion/kit/offline'
import { FIELD_VERBS, fold, made, settled, withActions } from './fold'
import { keptOf, type Kept } from './kept'
import { codesId, readAsset, readDay, readOrder, type Read, type Shelf } from './reading'
import { ORDER, type AssetFile, type Codes, type Day, type DayRow, type Order } from './types'

const EVERY_MS = 45_000
const SOON_MS = 4_000
const LATEST_MS = 60_000
const DRAW_MS = 80

export interface FieldState {
  isReady: boolean
  isOnline: boolean
  isReading: boolean
  queue: Queued[]
  sent: Sent[]
  readAt: number | null
  pressure: Pressure | null
  /** Changes with everything that is kept, so that screens look again. */
  turn: number
}

export class Field {
  readonly clock = new DeviceClock()
  readonly me: Me
  readonly api: Api
  readonly store: Store
  state: FieldState = { isReady: false, isOnline: navigator.onLine, isReading: false, queue: [], sent: [], readAt: null, pressure: null, turn: 0 }
  private readonly outbox: Outbox
  private readonly shelves = new Map<string, Read<unknown>>()
  private readonly listeners = new Set<() => void>()
  private readonly news: BroadcastChannel | null
  private readonly settledAt = new Map<string, number>()
  private names: Record<string, string> = {}
  private beat: ReturnType<typeof setInterval> | undefined
  private retry: ReturnType<typeof setTimeout> | undefined
  private soon: ReturnType<typeof setTimeout> | undefined
  private wait = SOON_MS
  private isClosed = false

  private readonly onLocked: () => void

  constructor(api: Api, store: Store, me: Me, onLocked: () => void) {
    this.onLocked = onLocked
    this.api = api
    this.store = store
    this.me = me
    this.news = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`trunnion-field-${me.user.id}`)
    if (this.news) this.news.onmessage = () => void this.load().then(() => this.look())
    this.outbox = new Outbox({
      api, store, clock: this.clock, lock: senderLock(`trunnion-field-${me.user.id}`), onLocked,
      onChange: () => { void this.look(); this.news?.postMessage('changed') },
      current: (verb) => this.currentOf(verb),
      settled: async (verb, answer, ids) => this.settledOf(verb, answer, ids),
    })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tell(part: Partial<FieldState>): void {
    clearTimeout(this.soon)
    this.soon = undefined
    this.state = { ...this.state, ...part, turn: this.state.turn + 1 }
    for (const listener of this.listeners) listener()
  }

  /** A day that comes in is many records: they are drawn together. */
  private tellSoon(): void {
    this.soon ??= setTimeout(() => this.tell({}), DRAW_MS)
  }

  /** Takes in what lies on the phone, then goes on by itself: sends, reads, sends. */
  async open(language: () => string): Promise<void> {
    await this.load()
    await this.look()
    this.tell({ isReady: true, readAt: this.shelves.get('day')?.at ?? null })
    const again = (): void => void this.sync(language())
    addEventListener('online', again)
    addEventListener('offline', () => this.tell({ isOnline: false }))
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') again() })
    this.beat = setInterval(again, EVERY_MS)
    again()
  }

  close(): void {
    this.isClosed = true
    this.news?.close()
    clearInterval(this.beat)
    clearTimeout(this.retry)
    clearTimeout(this.soon)
  }

  /** Everything that lies on the phone; asked for again when another tab has changed it. */
  private async load(): Promise<void> {
    const index = (await this.store.getRecord<string[]>('index')) ?? []
    await Promise.all(index.map(async (id) => {
      const read = await this.store.getRecord<Read<unknown>>(id)
      if (read) this.shelves.set(id, read)
    }))
  }

  private async look(): Promise<void> {
    if (this.isClosed) return
    const [queue, sent, names] = await Promise.all([this.store.list(), this.store.sent(), this.store.made()])
    this.names = names
    this.tell({ queue, sent })
  }

  async measure(): Promise<void> {
    this.tell({ pressure: await measureStorage() })
  }

  /** Sends first, then reads: what the server says afterwards includes what one did. */
  async sync(language: string): Promise<void> {
    if (this.isClosed || this.state.isReading) return
    this.tell({ isReading: true })
    try {
      const end = await this.outbox.run()
      if (end === 'locked') return
      await readDay(this.api, this.shelf, language)
      this.tell({ isOnline: true, readAt: Date.now() })
    } catch (error) {
      if (error instanceof Problem && error.status === 401) this.onLocked()
      this.tell({ isOnline: !(error instanceof Unreachable) })
    } finally {
      this.tell({ isReading: false })
      await this.measure()
    }
  }

  private readonly shelf: Shelf = {
    get: <T>(id: string) => (this.shelves.get(id) as Read<T> | undefined) ?? null,
    put: (id, value) => this.keep(id, value),
    mayReplace: (orderId, askedAt) => (this.settledAt.get(orderId) ?? 0) < askedAt && !this.state.queue.some((one) => one.state === 'waiting' && this.idOf(one.verb) === orderId),
  }

  private async keep(id: string, value: unknown): Promise<void> {
    const read = { value, at: Date.now() }
    const isNew = !this.shelves.has(id)
    this.shelves.set(id, read)
    await this.store.putRecord(id, read)
    if (isNew) await this.store.putRecord('index', [...this.shelves.keys()])
    this.tellSoon()
  }

  /** Kept first, shown at once, sent when there is a line. */
  async act(...intents: Intent[]): Promise<Verb[]> {
    const verbs: Verb[] = []
    for (const intent of intents) verbs.push(await this.outbox.put(intent))
    await this.look()
    void this.send()
    return verbs
  }

  async send(): Promise<void> {
    const end = await this.outbox.run()
    if (end !== 'elsewhere') this.tell({ isOnline: end !== 'offline' })
    const isOver = end === 'empty' || end === 'locked' || this.isClosed
    this.wait = isOver ? SOON_MS : Math.min(this.wait * 2, LATEST_MS)
    clearTimeout(this.retry)
    // Another tab may have looked at the queue just before this verb was in it.
    if (!isOver && this.state.queue.some((one) => one.state === 'waiting')) this.retry = setTimeout(() => void this.send(), this.wait)
  }

  keepMine = async (n: number): Promise<void> => { await this.outbox.keepMine(n); void this.send() }
  setAside = async (...ns: number[]): Promise<void> => { await this.outbox.setAside(...ns); void this.send() }
  throwAway = (n: number): Promise<void> => this.outbox.throwAway(n)

  /** The server's id of what a verb is about; the phone's own name while it has none. */
  idOf(verb: Verb): string {
    const [, id = ''] = verb.record.split(/:(.*)/s)
    return this.names[id] ?? id
  }

  resolve = (id: string): string => this.names[id] ?? id

  private pendingOf(id: string): Verb[] {
    return this.state.queue.filter((one) => one.state !== 'aside' && this.idOf(one.verb) === id).map(({ verb }) => verb)
  }

  order(named: string): Order | null {
    const id = this.resolve(named)
    const pending = this.pendingOf(id)
    const maker = pending.find((verb) => verb.makes === id)
    if (maker) return withActions(pending.filter((verb) => verb !== maker).reduce((order, verb) => fold(order, [verb], this.me.grants), made(maker, this.day?.resource_id ?? null)), this.me.grants)
    const read = this.shelf.get<Order>(`order:${id}`)
    if (!read) return null
    const shown = fold(read.value, pending, this.me.grants)
    // The server offers grabbing to its own leader as well; here that would only be a second word for accepting.
    return { ...shown, asset_name: shown.asset_name ?? (shown.asset_id ? this.asset(shown.asset_id)?.asset.name ?? null : null), actions: shown.actions.filter((verb) => FIELD_VERBS.includes(verb) && (verb !== 'grab' || shown.leading_id === null)) }
  }

  get day(): Day | null {
    return this.shelf.get<Day>('day')?.value ?? null
  }

  /** The day's rows with one's own steps in them; orders made on this phone stand last. */
  rows(): DayRow[] {
    const rows = (this.day?.orders ?? []).map((row): DayRow => ({ ...row, ...this.facts(row.id) }))
    const known = new Set(rows.map(({ id }) => id))
    for (const { verb, state } of this.state.queue) {
      const id = verb.makes ? this.resolve(verb.makes) : this.idOf(verb)
      if (state === 'aside' || known.has(id) || !(verb.makes || verb.name === `${ORDER}.grab`)) continue
      const order = this.order(id)
      if (order) rows.push(order)
      known.add(id)
    }
    return rows
  }

  private facts(id: string): Partial<DayRow> {
    const order = this.order(id)
    // What went through since the day was read is newer than its row.
    const isNewer = this.pendingOf(id).length > 0 || (this.settledAt.get(id) ?? 0) > (this.shelves.get('day')?.at ?? 0)
    return order && isNewer ? { state: order.state, actions: order.actions } : {}
  }

  asset = (id: string): AssetFile | null => this.shelf.get<AssetFile>(`asset:${id}`)?.value ?? null
  assets = (): AssetFile[] => [...this.shelves].flatMap(([id, read]) => (id.startsWith('asset:') ? [read.value as AssetFile] : []))
  codes = (classCode: string | null, language: string): Codes | null => (this.shelf.get<Codes>(codesId(classCode, language)) ?? this.shelf.get<Codes>(codesId(null, language)))?.value ?? null
  isUnsent = (id: string): boolean => this.state.queue.some((one) => one.state !== 'aside' && this.idOf(one.verb) === id)
  kept = (): Kept[] => keptOf(this.shelves)

  /** Everything anew, whatever its age. */
  async fetchAgain(language: string): Promise<void> {
    for (const read of this.shelves.values()) read.at = 0
    await this.sync(language)
  }

  blob = (id: string): Promise<Packed | null> => this.store.blob(id)

  /** Looks at the server's newest; without a line what is kept must do. */
  async refresh(named: string): Promise<void> {
    const id = this.resolve(named)
    if (id.startsWith('local:')) return
    await readOrder(this.api, this.shelf, id)
  }

  fetchAsset = (id: string): Promise<AssetFile> => readAsset(this.api, this.shelf, id)

  private async currentOf(verb: Verb): Promise<{ version: number; fields: Record<string, unknown> } | null> {
    const order = await this.api.detail<Order>(ORDER, this.idOf(verb))
    const task = order.tasks.find((one) => verb.path.includes(one.id))
    return task ? { version: task.version, fields: { result: task.result, note: task.note, value: task.value ?? '' } } : null
  }

  private settledOf(verb: Verb, answer: { id?: string; version?: number; number?: string; state?: string }, ids: Record<string, string>): Record<string, unknown> {
    const before = verb.makes ? made(verb, this.day?.resource_id ?? null) : this.shelf.get<Order>(`order:${this.idOf(verb)}`)?.value
    if (!before) return {}
    const id = verb.makes ? (answer.id ?? verb.makes) : before.id
    const order = verb.makes ? withActions({ ...before, id, number: answer.number ?? '', version: answer.version ?? 0 }, this.me.grants) : settled(before, verb, answer, ids, this.me.grants)
    const read = { value: order, at: 0 }
    this.settledAt.set(id, Date.now())
    this.shelves.set(`order:${id}`, read)
    return { [`order:${id}`]: read, index: [...this.shelves.keys()] }
  }
}
