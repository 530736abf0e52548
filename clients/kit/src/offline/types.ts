// What is kept on the phone: verbs that wait for a connection, what was last read, pictures that travel with a verb.
import type { FieldFault } from '../api/problem'

/** A named verb as it will be sent. `{local:…}` stands for a record, `{blob:…}` for a file, that the server has yet to name. */
export interface Verb {
  /** The replay key: the same at every attempt, so that the verb happens once. */
  key: string
  /** `work.order.start` */
  name: string
  method: 'POST' | 'PATCH'
  /** Below `/api/`. */
  path: string
  args: Record<string, unknown>
  /** Verbs of one record are sent one after the other: `work.order:<id>`. */
  record: string
  /** The version that was on the screen; sent as If-Match where it is given. */
  seen: number | null
  /** What the changed fields said before: tells a harmless change by somebody else from a clash. */
  base?: Record<string, unknown>
  /** When it was done, by the phone's clock put right by the server's. */
  at: string
  /** The local name of the record that this verb makes. */
  makes?: string
  blobs: string[]
  /** For the reader: which order or machine it is about. */
  label: string
}

export type QueueState = 'waiting' | 'blocked' | 'aside'

export interface Refusal {
  status: number
  code: string
  facts: Record<string, unknown>
  errors: FieldFault[]
  /** What the server holds now, field by field, where both sides changed the same. */
  theirs?: Record<string, unknown>
  /** The version that `theirs` has: keeping one's own is sent against it. */
  version?: number
  at: string
}

export interface Queued {
  n: number
  verb: Verb
  state: QueueState
  refusal: Refusal | null
}

export interface Packed {
  id: string
  name: string
  type: string
  bytes: ArrayBuffer
  /** Known once it has been uploaded. */
  fileId: string | null
}

export interface Sent {
  n: number
  key: string
  name: string
  record: string
  label: string
  at: string
}

export interface Answer {
  id?: string
  version?: number
  number?: string
  state?: string
}

/** What happens to the queue at once, or not at all. */
export interface Settlement {
  n: number
  sent: Omit<Sent, 'n'>
  /** local name -> id of the server */
  made: Record<string, string>
  blobs: string[]
  records: Record<string, unknown>
}

/** Where it is kept: sealed in the browser's database, or in memory where the browser offers no cryptography. */
export interface Store {
  readonly isDurable: boolean
  getRecord<T>(id: string): Promise<T | null>
  putRecord(id: string, value: unknown): Promise<void>
  dropRecords(keep: (id: string) => boolean): Promise<void>
  add(verb: Verb, blobs: Packed[]): Promise<number>
  list(): Promise<Queued[]>
  mark(n: number, state: QueueState, refusal: Refusal | null, verb?: Verb): Promise<void>
  remove(n: number): Promise<void>
  settle(settlement: Settlement): Promise<void>
  made(): Promise<Record<string, string>>
  blob(id: string): Promise<Packed | null>
  markUploaded(id: string, fileId: string): Promise<void>
  sent(): Promise<Sent[]>
}
