// Ids made by the client: UUIDv7, also where the page is not a secure context (plain HTTP in a local network).
export function uuid7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let time = now
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * Keys by intention: the same verb with the same arguments, tried again after a broken connection, keeps its key
 * and so happens once; other arguments, or the next time, are a new intention.
 */
export class Intentions {
  private readonly keys = new Map<string, string>()

  keyOf(...intention: unknown[]): string {
    const name = JSON.stringify(intention)
    const key = this.keys.get(name) ?? uuid7()
    this.keys.set(name, key)
    return key
  }

  done(): void {
    this.keys.clear()
  }
}
