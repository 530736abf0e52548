// Opens and closes the store of one person on this phone: by signing in, by the share of a running session, or not at all.
import { Database, SealedStore } from './database'
import { MemoryStore } from './memory'
import type { Store } from './types'
import { canSeal, newDataKey, newShare, unwrap, vaultOf, wrap } from './vault'

export interface Person {
  id: string
  name: string
  email: string
}

/** Where the share of the running session lives: apart from the database that it opens. */
export interface ShareKeeper {
  read: () => string | null
  write: (share: string, seconds: number) => void
  clear: () => void
}

/** Whose store lies on this phone; holds nothing that opens it. */
export interface Register {
  person: Person
  /** The session was ended from elsewhere: only the server may let its owner in again. */
  isRevoked: boolean
  expiresAt: string
}

const REGISTER = 'trunnion.field.person'
const nameOf = (person: Person): string => `trunnion-field-${person.id}`

export function cookieShare(path: string, name = 'trunnion_field_share'): ShareKeeper {
  const rest = (seconds: number): string => `; Path=${path}; SameSite=Strict; Max-Age=${seconds}${location.protocol === 'https:' ? '; Secure' : ''}`
  return {
    read: () => document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? null,
    write: (share, seconds) => { document.cookie = `${name}=${share}${rest(seconds)}` },
    clear: () => { document.cookie = `${name}=${rest(0)}` },
  }
}

/** A connection that is just closing only delays this: nobody needs to be told. */
function removed(name: string): Promise<void> {
  return new Promise((done, fail) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => done()
    request.onerror = () => fail(request.error ?? new Error(`${name} was not removed`))
  })
}

export interface Opened {
  store: Store
  close: () => void
}

/** What was not sent is sealed by a former password: it is asked for, or given up. */
export class FormerPassword extends Error {
  readonly count: number

  constructor(count: number) {
    super('sealed by a former password')
    this.name = 'FormerPassword'
    this.count = count
  }
}

export class Sessions {
  private readonly share: ShareKeeper
  private readonly kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

  constructor(share: ShareKeeper, kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
    this.share = share
    this.kept = kept
  }

  register(): Register | null {
    const text = this.kept.getItem(REGISTER)
    return text ? (JSON.parse(text) as Register) : null
  }

  private remember(register: Register): void {
    this.kept.setItem(REGISTER, JSON.stringify(register))
  }

  /** What somebody else has not sent from this phone: it would go when another person signs in. */
  async unsentOfOthers(email: string): Promise<{ name: string; count: number } | null> {
    const person = this.register()?.person
    if (!person || person.email.toLowerCase() === email.trim().toLowerCase() || !canSeal()) return null
    const db = new Database(nameOf(person))
    const count = await db.outbox.count()
    db.close()
    return count ? { name: person.name, count } : null
  }

  /** Opens without typing while the share of the session lives; null when somebody has to sign in. */
  async resume(): Promise<Opened | null> {
    const register = this.register()
    const share = this.share.read()
    if (!register || !share || !canSeal()) return null
    const db = new Database(nameOf(register.person))
    const wrapped = await db.keys.get('session')
    const dataKey = wrapped ? await unwrap(wrapped, share) : null
    if (dataKey) return { store: new SealedStore(db, await vaultOf(dataKey)), close: () => db.close() }
    db.close()
    return null
  }

  /** After the server let this person in. `former` is the password that sealed what lies here, where it was changed since. */
  async open(person: Person, password: string, expiresAt: string, former?: string): Promise<Opened> {
    if (!canSeal()) return { store: new MemoryStore(), close: () => undefined }
    const last = this.register()
    // A phone that changes hands keeps nothing of who had it before.
    if (last && last.person.id !== person.id) await this.wipe()
    const db = new Database(nameOf(person))
    const dataKey = await this.dataKeyOf(db, former ?? password)
    const share = newShare()
    await db.keys.bulkPut([await wrap('password', password, dataKey), await wrap('session', share, dataKey)])
    this.share.write(share, Math.max(60, Math.floor((Date.parse(expiresAt) - Date.now()) / 1_000)))
    this.remember({ person, isRevoked: false, expiresAt })
    return { store: new SealedStore(db, await vaultOf(dataKey)), close: () => db.close() }
  }

  private async dataKeyOf(db: Database, password: string): Promise<BufferSource> {
    const wrapped = await db.keys.get('password')
    if (!wrapped) return newDataKey()
    const found = await unwrap(wrapped, password)
    if (found) return found
    const count = await db.outbox.count()
    if (count) {
      db.close()
      throw new FormerPassword(count)
    }
    await Promise.all(db.tables.map((table) => table.clear()))
    return newDataKey()
  }

  /** Without a connection: the password alone opens what lies here, unless the session was ended from elsewhere. */
  async unlock(password: string): Promise<Opened | null> {
    const register = this.register()
    if (!register || register.isRevoked || !canSeal()) return null
    const db = new Database(nameOf(register.person))
    const wrapped = await db.keys.get('password')
    const dataKey = wrapped ? await unwrap(wrapped, password) : null
    if (dataKey) return { store: new SealedStore(db, await vaultOf(dataKey)), close: () => db.close() }
    db.close()
    return null
  }

  /**
   * The server no longer knows the session. Before its time that means that somebody ended it: what was read goes at
   * once. What its owner has not sent stays sealed by their password, for nobody else, until they sign in or another does.
   */
  async lock(opened: Opened | null, now: number = Date.now()): Promise<void> {
    const register = this.register()
    this.share.clear()
    if (!register) return
    const isRevoked = Date.parse(register.expiresAt) > now
    if (isRevoked) await opened?.store.dropRecords(() => false)
    opened?.close()
    this.remember({ ...register, isRevoked })
    if (!canSeal()) return
    const db = new Database(nameOf(register.person))
    await db.keys.delete('session')
    const isEmpty = (await db.outbox.count()) === 0
    db.close()
    if (isRevoked && isEmpty) await this.wipe()
  }

  /** Signing out: nothing of this person stays on the phone. */
  async wipe(opened?: Opened | null): Promise<void> {
    const register = this.register()
    opened?.close()
    this.share.clear()
    this.kept.removeItem(REGISTER)
    if (register && typeof indexedDB !== 'undefined') await removed(nameOf(register.person))
  }
}
