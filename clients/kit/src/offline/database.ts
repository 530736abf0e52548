// The sealed store in the browser's own database: one for each person of an installation.
import { Dexie, type Table } from 'dexie'
import type { Packed, Queued, QueueState, Refusal, Sent, Settlement, Store, Verb } from './types'
import type { Box, Vault, Wrapped } from './vault'

/** How many sent verbs are remembered for the reader. */
const REMEMBERED = 60

interface RecordRow extends Box { id: string }
interface QueueRow extends Box { n?: number; key: string; record: string; state: QueueState; refusal: Box | null }
interface BlobRow extends Box { id: string; meta: Box; fileId: string | null }
interface MadeRow { local: string; id: string }
interface SentRow extends Box { n?: number }

export class Database extends Dexie {
  keys!: Table<Wrapped, string>
  records!: Table<RecordRow, string>
  outbox!: Table<QueueRow, number>
  blobs!: Table<BlobRow, string>
  made!: Table<MadeRow, string>
  sent!: Table<SentRow, number>

  constructor(name: string) {
    // Relaxed durability would say "kept" before the disk has it: what was tapped must survive the battery.
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ keys: 'id', records: 'id', outbox: '++n, &key, record', blobs: 'id', made: 'local', sent: '++n' })
  }
}

/** Sealing takes its own time, which a transaction would not wait for: everything is sealed first, then written at once. */
export class SealedStore implements Store {
  readonly isDurable = true
  private readonly db: Database
  private readonly vault: Vault

  constructor(db: Database, vault: Vault) {
    this.db = db
    this.vault = vault
  }

  async getRecord<T>(id: string): Promise<T | null> {
    const row = await this.db.records.get(id)
    return row ? this.vault.open<T>(`record:${id}`, row) : null
  }

  async putRecord(id: string, value: unknown): Promise<void> {
    await this.db.records.put({ id, ...(await this.vault.seal(`record:${id}`, value)) })
  }

  async dropRecords(keep: (id: string) => boolean): Promise<void> {
    const ids = await this.db.records.toCollection().primaryKeys()
    await this.db.records.bulkDelete(ids.filter((id) => !keep(id)))
  }

  async add(verb: Verb, blobs: Packed[]): Promise<number> {
    const row: QueueRow = { key: verb.key, record: verb.record, state: 'waiting', refusal: null, ...(await this.vault.seal(`verb:${verb.key}`, verb)) }
    const packed = await Promise.all(blobs.map((blob) => this.pack(blob)))
    return this.db.transaction('rw', this.db.outbox, this.db.blobs, async () => {
      await this.db.blobs.bulkPut(packed)
      return this.db.outbox.add(row)
    })
  }

  private async pack({ id, name, type, bytes, fileId }: Packed): Promise<BlobRow> {
    return { id, fileId, meta: await this.vault.seal(`meta:${id}`, { name, type }), ...(await this.vault.sealBytes(`blob:${id}`, bytes)) }
  }

  async list(): Promise<Queued[]> {
    const rows = await this.db.outbox.orderBy('n').toArray()
    return Promise.all(rows.map(async (row) => ({
      n: row.n!,
      state: row.state,
      verb: await this.vault.open<Verb>(`verb:${row.key}`, row),
      refusal: row.refusal ? await this.vault.open<Refusal>(`refusal:${row.key}`, row.refusal) : null,
    })))
  }

  async mark(n: number, state: QueueState, refusal: Refusal | null, verb?: Verb): Promise<void> {
    const row = await this.db.outbox.get(n)
    if (!row) return
    const told = refusal ? await this.vault.seal(`refusal:${row.key}`, refusal) : null
    const changed = verb ? await this.vault.seal(`verb:${row.key}`, verb) : {}
    await this.db.outbox.update(n, { state, refusal: told, ...changed })
  }

  async remove(n: number): Promise<void> {
    const row = await this.db.outbox.get(n)
    if (!row) return
    const { blobs } = await this.vault.open<Verb>(`verb:${row.key}`, row)
    await this.db.transaction('rw', this.db.outbox, this.db.blobs, async () => {
      await this.db.blobs.bulkDelete(blobs)
      await this.db.outbox.delete(n)
    })
  }

  async settle({ n, sent, made, blobs, records }: Settlement): Promise<void> {
    const log = await this.vault.seal('sent', sent)
    const known = await Promise.all(Object.entries(records).map(async ([id, value]) => ({ id, ...(await this.vault.seal(`record:${id}`, value)) })))
    await this.db.transaction('rw', [this.db.outbox, this.db.blobs, this.db.made, this.db.sent, this.db.records], async () => {
      await this.db.outbox.delete(n)
      await this.db.blobs.bulkDelete(blobs)
      await this.db.made.bulkPut(Object.entries(made).map(([local, id]) => ({ local, id })))
      await this.db.records.bulkPut(known)
      const last = await this.db.sent.add(log)
      await this.db.sent.where('n').belowOrEqual(last - REMEMBERED).delete()
    })
  }

  async made(): Promise<Record<string, string>> {
    return Object.fromEntries((await this.db.made.toArray()).map(({ local, id }) => [local, id]))
  }

  async blob(id: string): Promise<Packed | null> {
    const row = await this.db.blobs.get(id)
    if (!row) return null
    const meta = await this.vault.open<{ name: string; type: string }>(`meta:${id}`, row.meta)
    return { id, ...meta, fileId: row.fileId, bytes: await this.vault.openBytes(`blob:${id}`, row) }
  }

  async markUploaded(id: string, fileId: string): Promise<void> {
    await this.db.blobs.update(id, { fileId })
  }

  async sent(): Promise<Sent[]> {
    const rows = await this.db.sent.orderBy('n').reverse().toArray()
    return Promise.all(rows.map(async (row) => ({ ...(await this.vault.open<Omit<Sent, 'n'>>('sent', row)), n: row.n! })))
  }
}
