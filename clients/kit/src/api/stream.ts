// The event stream, read with fetch: EventSource would deliver only event names listed beforehand.
export interface StreamEvent {
  id: string
  name: string
  data: Record<string, unknown>
}

/** Cuts server-sent text into events; keeps what is not yet complete. */
export class StreamParser {
  private rest = ''
  private readonly onEvent: (event: StreamEvent) => void

  constructor(onEvent: (event: StreamEvent) => void) {
    this.onEvent = onEvent
  }

  push(text: string): void {
    const blocks = (this.rest + text).replaceAll('\r\n', '\n').split('\n\n')
    this.rest = blocks.pop() ?? ''
    for (const block of blocks) this.read(block)
  }

  private read(block: string): void {
    let id = ''
    let name = 'message'
    const data: string[] = []
    for (const line of block.split('\n')) {
      const cut = line.indexOf(':')
      if (cut <= 0) continue
      const value = line.slice(cut + 1).replace(/^ /, '')
      if (line.startsWith('id:')) id = value
      else if (line.startsWith('event:')) name = value
      else if (line.startsWith('data:')) data.push(value)
    }
    if (!data.length) return
    try {
      this.onEvent({ id, name, data: JSON.parse(data.join('\n')) as Record<string, unknown> })
    } catch {
      // A line that is not JSON is a heartbeat of a proxy, not a fact.
    }
  }
}

export interface StreamOptions {
  path: string
  onEvent: (event: StreamEvent) => void
  onState?: (isLive: boolean) => void
}

const LONGEST_WAIT = 30_000

/** Reads until told to stop; after a break it resumes behind the last event seen. */
export function openStream({ path, onEvent, onState }: StreamOptions): () => void {
  const stop = new AbortController()
  let last = ''
  let wait = 1_000

  async function readOnce(): Promise<void> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' }
    if (last) headers['Last-Event-ID'] = last
    const response = await fetch(path, { headers, credentials: 'same-origin', signal: stop.signal })
    if (!response.ok || !response.body) throw new Error(`stream ${response.status}`)
    onState?.(true)
    wait = 1_000
    const parser = new StreamParser((event) => {
      if (event.id) last = event.id
      onEvent(event)
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      parser.push(value)
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await readOnce()
      } catch {
        wait = Math.min(wait * 2, LONGEST_WAIT)
      }
      if (stop.signal.aborted) return
      onState?.(false)
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }

  void run()
  return () => stop.abort()
}
