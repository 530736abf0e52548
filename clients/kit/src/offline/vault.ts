// Seals what lies on the phone. One data key for each person; what opens it is never kept beside the data.
//
// The data key is random and stands in the database only wrapped, twice:
//   by the password (PBKDF2), so that whoever signs in again reaches what they had not yet sent;
//   by a share that lives in a cookie of this path as long as the session may (HKDF), so that a browser that was killed
//   in a basement opens again without typing.
// Signing out, and a session that was ended, take the share away; what is then left can be opened by the password alone.
const ITERATIONS = 310_000
const AES = 'AES-GCM'
const IV_BYTES = 12

export interface Box {
  iv: Uint8Array<ArrayBuffer>
  box: ArrayBuffer
}

export interface Wrapped extends Box {
  id: 'password' | 'session'
  salt: Uint8Array<ArrayBuffer>
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length))

/** Cryptography, and with it anything durable, is offered to pages of HTTPS and of localhost only. */
export const canSeal = (): boolean => typeof crypto !== 'undefined' && crypto.subtle !== undefined

export class Vault {
  private readonly key: CryptoKey

  constructor(key: CryptoKey) {
    this.key = key
  }

  /** `name` says which row it is: a sealed row put in another's place does not open. */
  async sealBytes(name: string, bytes: BufferSource): Promise<Box> {
    const iv = random(IV_BYTES)
    return { iv, box: await crypto.subtle.encrypt({ name: AES, iv, additionalData: utf8(name) }, this.key, bytes) }
  }

  openBytes(name: string, { iv, box }: Box): Promise<ArrayBuffer> {
    return crypto.subtle.decrypt({ name: AES, iv, additionalData: utf8(name) }, this.key, box)
  }

  seal(name: string, value: unknown): Promise<Box> {
    return this.sealBytes(name, utf8(JSON.stringify(value)))
  }

  async open<T>(name: string, box: Box): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await this.openBytes(name, box))) as T
  }
}

async function keyOf(id: Wrapped['id'], secret: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const how = id === 'password' ? { name: 'PBKDF2', salt, iterations: ITERATIONS, hash: 'SHA-256' } : { name: 'HKDF', salt, info: utf8('trunnion.field'), hash: 'SHA-256' }
  const source = await crypto.subtle.importKey('raw', utf8(secret), how.name, false, ['deriveKey'])
  return crypto.subtle.deriveKey(how, source, { name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
}

/** A new data key, as bytes: only to be wrapped and turned into a vault, never to be kept. */
export const newDataKey = (): Uint8Array<ArrayBuffer> => random(32)

export const newShare = (): string => btoa(String.fromCharCode(...random(32)))

export async function vaultOf(dataKey: BufferSource): Promise<Vault> {
  return new Vault(await crypto.subtle.importKey('raw', dataKey, AES, false, ['encrypt', 'decrypt']))
}

export async function wrap(id: Wrapped['id'], secret: string, dataKey: BufferSource): Promise<Wrapped> {
  const salt = random(16)
  const iv = random(IV_BYTES)
  const box = await crypto.subtle.encrypt({ name: AES, iv, additionalData: utf8(id) }, await keyOf(id, secret, salt), dataKey)
  return { id, salt, iv, box }
}

/** Null when the secret is not the one. */
export async function unwrap(wrapped: Wrapped, secret: string): Promise<ArrayBuffer | null> {
  const { id, salt, iv, box } = wrapped
  try {
    return await crypto.subtle.decrypt({ name: AES, iv, additionalData: utf8(id) }, await keyOf(id, secret, salt), box)
  } catch {
    return null
  }
}
