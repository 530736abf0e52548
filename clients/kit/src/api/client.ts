// Calls of the API by shape: verbs, edits, listings, details and files.
import { uuid7 } from './ids'
import { Problem, Unreachable } from './problem'
import type { Transport, WireRequest, WireResponse } from './transport'
import type { ListingAnswer, ListingMeta, ListingQuery, Outcome, Row, StoredFile, TotalsAnswer, TotalsQuery } from './types'

export interface Versioned<T> {
  value: T
  etag: string | null
}

/** Kinds whose rows live under another plural than `<kind>s`. */
const PLURALS: Record<string, string> = {
  'catalog.equipment_class': 'catalog/equipment_classes',
  'parties.party': 'parties/parties',
  'identity.membership': 'identity/members',
  'work.labour': 'work/labour',
  'assets.criticality_matrix': 'assets/criticality_matrices',
  'identity.numbering': 'identity/numbering',
}

export function pathOf(kind: string): string {
  const [room, thing] = kind.split('.')
  return PLURALS[kind] ?? `${room}/${thing}s`
}

export function listingParams(query: ListingQuery): string {
  const params = new URLSearchParams()
  if (query.filter) params.set('filter', JSON.stringify(query.filter))
  if (query.search) params.set('search', query.search)
  if (query.sort) params.set('sort', query.sort)
  if (query.columns?.length) params.set('columns', query.columns.join(','))
  if (query.cursor) params.set('cursor', query.cursor)
  if (query.back) params.set('back', 'true')
  params.set('limit', String(query.limit ?? 50))
  params.set('count', query.count ?? 'none')
  return params.toString()
}

export class Api {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** The request as it is: for callers that need the headers of the answer. */
  async send(request: WireRequest): Promise<WireResponse> {
    let response: WireResponse
    try {
      response = await this.transport(request)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw new Unreachable()
    }
    if (response.status < 400) return response
    const wait = Number(response.headers('Retry-After'))
    throw new Problem(response.status, (response.body as object | null) ?? {}, wait > 0 ? wait : undefined)
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await this.send({ method: 'GET', path: `/api/${path}`, signal })).body as T
  }

  async post<T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<T> {
    return (await this.send({ method: 'POST', path: `/api/${path}`, body, headers })).body as T
  }

  async detail<T>(kind: string, id: string, signal?: AbortSignal): Promise<T> {
    return this.get<T>(`${pathOf(kind)}/${id}`, signal)
  }

  list<T extends Row = Row>(listing: string, query: ListingQuery, signal?: AbortSignal): Promise<ListingAnswer<T>> {
    return this.get(`${listing}?${listingParams(query)}`, signal)
  }

  totals(listing: string, query: TotalsQuery, signal?: AbortSignal): Promise<TotalsAnswer> {
    const params = new URLSearchParams()
    if (query.filter) params.set('filter', JSON.stringify(query.filter))
    if (query.search) params.set('search', query.search)
    if (query.group) params.set('group', query.group)
    if (query.columns) params.set('columns', query.columns.join(','))
    return this.get(`${listing}/totals?${params.toString()}`, signal)
  }

  columns(listing: string): Promise<ListingMeta> {
    return this.get(`${listing}/columns`)
  }

  /** One intention, one key: hold the key while the same intention is tried again. */
  verb(kind: string, id: string, verb: string, args: object = {}, options: { key?: string; version?: number; path?: string } = {}): Promise<Outcome> {
    const headers: Record<string, string> = { 'Idempotency-Key': options.key ?? uuid7() }
    if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`
    return this.post(`${options.path ?? pathOf(kind)}/${id}/${verb}`, args, headers)
  }

  /** A verb whose address does not follow from a record: lines of an order, codes of an asset. */
  act(path: string, args: object, key: string = uuid7()): Promise<Outcome> {
    return this.post(path, args, { 'Idempotency-Key': key })
  }

  create(kind: string, facts: object, key: string = uuid7()): Promise<Outcome> {
    return this.post(`${pathOf(kind)}/create`, facts, { 'Idempotency-Key': key })
  }

  async edit(kind: string, id: string, version: number, facts: object, key: string = uuid7()): Promise<Outcome> {
    const response = await this.send({
      method: 'PATCH',
      path: `/api/${pathOf(kind)}/${id}`,
      body: facts,
      headers: { 'Idempotency-Key': key, 'If-Match': `"${version}"` },
    })
    return response.body as Outcome
  }

  async upload<T = StoredFile>(path: string, file: Blob, name: string, onProgress?: (share: number) => void): Promise<T> {
    const form = new FormData()
    form.append('file', file, name)
    const response = await this.send({
      method: 'POST',
      path: `/api/${path}`,
      body: form,
      headers: { 'Idempotency-Key': uuid7() },
      onProgress: onProgress ?? (() => undefined),
    })
    return response.body as T
  }
}

export const fileUrl = (id: string): string => `/api/attach/files/${id}`
export const thumbnailUrl = (id: string): string => `/api/attach/files/${id}/thumbnail`
