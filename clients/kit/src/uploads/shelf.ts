// Where files wait on the phone until they have gone up: they outlive the page. Small, because guests fetch it first.
export interface Kept {
  key: string
  /** What it is for: a scanned code, or a progress link. */
  group: string
  base: string
  name: string
  type: string
  size: number
  /** Null once it has arrived. */
  blob: Blob | null
  poster: Blob | null
  where: string | null
  fileId: string | null
  /** Named in a report or message: nobody has to see to it any more. */
  isSent: boolean
  at: number
}

const STORE = 'files'
const LIFE_MS = 12 * 3_600_000

export interface Shelf {
  all: () => Promise<Kept[]>
  put: (kept: Kept) => Promise<void>
  drop: (key: string) => Promise<void>
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexeddb'))
  })
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' })
  return asked(request)
}

/** Private windows may have no database: then files live as long as the page. */
export function memoryShelf(): Shelf {
  const rows = new Map<string, Kept>()
  return {
    all: async () => [...rows.values()],
    put: async (kept) => void rows.set(kept.key, kept),
    drop: async (key) => void rows.delete(key),
  }
}

export async function openShelf(name = 'trunnion-uploads'): Promise<Shelf> {
  if (typeof indexedDB === 'undefined') return memoryShelf()
  try {
    const db = await opened(name)
    const store = (mode: IDBTransactionMode): IDBObjectStore => db.transaction(STORE, mode).objectStore(STORE)
    const drop = async (key: string): Promise<void> => void (await asked(store('readwrite').delete(key)))
    return {
      all: async () => {
        const rows = await asked(store('readonly').getAll() as IDBRequest<Kept[]>)
        const old = rows.filter((row) => row.at < Date.now() - LIFE_MS)
        await Promise.all(old.map((row) => drop(row.key)))
        return rows.filter((row) => !old.includes(row))
      },
      put: async (kept) => void (await asked(store('readwrite').put(kept))),
      drop,
    }
  } catch {
    return memoryShelf()
  }
}
