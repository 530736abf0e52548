// The phone itself: its clock against the server's, its storage, and which of several tabs sends.
const LITTLE_BYTES = 60_000_000
const MUCH_SHARE = 0.85

/** What the phone's clock lacks to the server's, learnt from the dates of answers. */
export class DeviceClock {
  private offset = 0

  /** The date of an answer counts whole seconds: on the average it is half a second old. */
  learn(date: string | null, askedAt: number, now: number = Date.now()): void {
    const told = date ? Date.parse(date) : Number.NaN
    if (Number.isNaN(told)) return
    const offset = told + 500 - (askedAt + now) / 2
    // Below a second it is noise: moments would go back and forth.
    if (Math.abs(offset - this.offset) > 1_000) this.offset = Math.abs(offset) > 1_000 ? offset : 0
  }

  /** Now, by the server's clock, and never before what is known to have happened already. */
  now(notBefore?: string | null): string {
    const here = Date.now() + this.offset
    const known = notBefore ? Date.parse(notBefore) : 0
    return new Date(Math.max(here, known)).toISOString()
  }
}

export interface Pressure {
  used: number
  free: number
  isLow: boolean
  /** The browser has promised not to throw the data away on its own. */
  isPersisted: boolean
}

/** Null where the browser does not tell. */
export async function measureStorage(): Promise<Pressure | null> {
  if (typeof navigator === 'undefined' || !navigator.storage?.estimate) return null
  const { usage = 0, quota = 0 } = await navigator.storage.estimate()
  if (!quota) return null
  const isPersisted = (await navigator.storage.persisted?.()) ?? false
  return { used: usage, free: quota - usage, isLow: quota - usage < LITTLE_BYTES || usage / quota > MUCH_SHARE, isPersisted }
}

export async function askToPersist(): Promise<boolean> {
  if (!navigator.storage?.persist) return false
  return (await navigator.storage.persisted()) || navigator.storage.persist()
}

export type Lock = <T>(work: () => Promise<T>) => Promise<T | null>

/** Of several tabs one sends; the others get null and are told when it is done. Without Web Locks the page counts as alone. */
export function senderLock(name: string): Lock {
  if (typeof navigator === 'undefined' || !navigator.locks) return (work) => work()
  return (work) => navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null))
}
