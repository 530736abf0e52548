// The store of a page without cryptography (plain HTTP): everything works with a connection, nothing outlives the page.
import type { Packed, Queued, QueueState, Refusal, Sent, Settlement, Store, Verb } from './types'

export class MemoryStore implements Store {
  readonly isDurable = false
  private readonly records = new Map<string, unknown>()
  private readonly blobs = new Map<string, Packed>()
  private names: Record<string, string> = {}
  private queue: Queued[] = []
  private log: Sent[] = []
  private last = 0

  async getRecord<T>(id: string): Promise<T | null> {
    return (this.records.get(id) as T | undefined) ?? null
  }

  async putRecord(id: string, value: unknown): Promise<void> {
    this.records.set(id, value)
  }

  async dropRecords(keep: (id: string) => boolean): Promise<void> {
    for (const id of this.records.keys()) if (!keep(id)) this.records.delete(id)
  }

  async add(verb: Verb, blobs: Packed[]): Promise<number> {
    for (const blob of blobs) this.blobs.set(blob.id, blob)
    this.last += 1
    this.queue.push({ n: this.last, verb, state: 'waiting', refusal: null })
    return this.last
  }

  async list(): Promise<Queued[]> {
    return [...this.queue]
  }

  async mark(n: number, state: QueueState, refusal: Refusal | null, verb?: Verb): Promise<void> {
    this.queue = this.queue.map((one) => (one.n === n ? { n, state, refusal, verb: verb ?? one.verb } : one))
  }

  async remove(n: number): Promise<void> {
    for (const id of this.queue.find((one) => one.n === n)?.verb.blobs ?? []) this.blobs.delete(id)
    this.queue = this.queue.filter((one) => one.n !== n)
  }

  async settle({ n, sent, made, records }: Settlement): Promise<void> {
    await this.remove(n)
    this.names = { ...this.names, ...made }
    for (const [id, value] of Object.entries(records)) this.records.set(id, value)
    this.log = [{ ...sent, n }, ...this.log]
  }

  async made(): Promise<Record<string, string>> {
    return this.names
  }

  async blob(id: string): Promise<Packed | null> {
    return this.blobs.get(id) ?? null
  }

  async markUploaded(id: string, fileId: string): Promise<void> {
    const blob = this.blobs.get(id)
    if (blob) this.blobs.set(id, { ...blob, fileId })
  }

  async sent(): Promise<Sent[]> {
    return this.log
  }
}
