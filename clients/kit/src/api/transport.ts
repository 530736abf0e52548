// The one place that talks to the network; exchangeable, because not every client has fetch.
import { viewedAs } from './view-as'

export type Door = 'web' | 'field' | 'portal'
export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface WireRequest {
  method: Method
  path: string
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
  /** Called with 0..1 while a form with files goes up. */
  onProgress?: (share: number) => void
}

export interface WireResponse {
  status: number
  headers: (name: string) => string | null
  /** Parsed JSON, or null when there is none. */
  body: unknown
}

export type Transport = (request: WireRequest) => Promise<WireResponse>

function parse(text: string, type: string | null): unknown {
  if (!text || !type?.includes('json')) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Sends through XMLHttpRequest, the only browser interface that reports upload progress. */
function sendForm(request: WireRequest, headers: Record<string, string>): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(request.method, request.path)
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    xhr.upload.onprogress = (event) => request.onProgress?.(event.total ? event.loaded / event.total : 0)
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        headers: (name) => xhr.getResponseHeader(name),
        body: parse(xhr.responseText, xhr.getResponseHeader('Content-Type')),
      })
    xhr.onerror = () => reject(new TypeError('network'))
    xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.signal?.addEventListener('abort', () => xhr.abort())
    xhr.send(request.body as FormData)
  })
}

/** The door header proves that a page of ours sent the request: a foreign site cannot add it. */
export function browserTransport(door: Door): Transport {
  return async (request) => {
    // What the server words itself (names of codes, refusals) follows the page, not the browser's own settings.
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang, ...request.headers }
    if (request.method !== 'GET') headers['X-Trunnion-Door'] = door
    const shown = door === 'web' && viewedAs()
    if (shown) headers['X-Trunnion-View-As'] = shown.id
    const isForm = typeof FormData !== 'undefined' && request.body instanceof FormData
    if (isForm && request.onProgress) return sendForm(request, headers)
    const isBytes = typeof Blob !== 'undefined' && request.body instanceof Blob
    if (request.body !== undefined && !isForm && !isBytes) headers['Content-Type'] = 'application/json'
    const response = await fetch(request.path, {
      method: request.method,
      headers,
      credentials: 'same-origin',
      body: request.body === undefined ? undefined : isForm || isBytes ? (request.body as FormData | Blob) : JSON.stringify(request.body),
      signal: request.signal,
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: (name) => response.headers.get(name),
      body: parse(text, response.headers.get('Content-Type')),
    }
  }
}
