// The api's pieces: keys, problems, stream, listing questions.
import { describe, expect, it, vi } from 'vitest'
import { makeWords } from '../words/words'
import { Api, listingParams, pathOf } from './client'
import { Intentions, uuid7 } from './ids'
import { fieldOf, Problem, problemWords, Unreachable } from './problem'
import { StreamParser, type StreamEvent } from './stream'
import type { Transport, WireRequest } from './transport'

const words = makeWords('en', {
  'refusal.wrong_state': 'Not possible while {state}; possible now: {legal}.',
  'state.work.order.closed': 'closed',
  'verb.work.order.reopen': 'Reopen',
  'kit.problem.not_granted': 'Your role does not allow this.',
  'kit.problem.unreachable': 'No connection.',
  'kit.problem.retry_after': 'Try again in {seconds} s.',
  'kit.problem.too_many': 'Too many.',
})

describe('ids', () => {
  it('are version 7 and sort by time', () => {
    const early = uuid7(1_000)
    const late = uuid7(2_000)
    expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(early < late).toBe(true)
  })

  it('keep the key of one intention until it is done', () => {
    const intentions = new Intentions()
    const first = intentions.keyOf('start', { a: 1 })
    expect(intentions.keyOf('start', { a: 1 })).toBe(first)
    expect(intentions.keyOf('start', { a: 2 })).not.toBe(first)
    intentions.done()
    expect(intentions.keyOf('start', { a: 1 })).not.toBe(first)
  })
})

describe('problems', () => {
  it('put facts that name states and verbs into words', () => {
    const problem = new Problem(409, { code: 'wrong_state', facts: { state: 'closed', legal: ['reopen'] } })
    expect(problemWords(words, problem, 'work.order')).toBe('Not possible while closed; possible now: Reopen.')
  })

  it('fall back on the status, say when to retry, and know a broken line', () => {
    expect(problemWords(words, new Problem(403, {}))).toBe('Your role does not allow this.')
    expect(problemWords(words, new Problem(429, {}, 30))).toBe('Too many. Try again in 30 s.')
    expect(problemWords(words, new Unreachable())).toBe('No connection.')
  })

  it('find the field of a pointer', () => {
    expect(fieldOf({ pointer: '/engineer_id', code: 'x' })).toBe('engineer_id')
    expect(fieldOf({ pointer: '/body/tasks/0/title', code: 'x' })).toBe('tasks.0.title')
  })
})

function recorder(status: number, body: unknown): { transport: Transport; sent: WireRequest[] } {
  const sent: WireRequest[] = []
  const transport: Transport = (request) => {
    sent.push(request)
    return Promise.resolve({ status, headers: () => null, body })
  }
  return { transport, sent }
}

describe('calls', () => {
  it('send a verb with its key and the version seen', async () => {
    const { transport, sent } = recorder(200, { id: '1', version: 5 })
    await new Api(transport).verb('work.order', '1', 'start', { at: 'now' }, { key: 'k', version: 4 })
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/api/work/orders/1/start', body: { at: 'now' }, headers: { 'Idempotency-Key': 'k', 'If-Match': '"4"' } })
  })

  it('turn a refusal into a Problem and a thrown fetch into Unreachable', async () => {
    await expect(new Api(recorder(409, { code: 'wrong_state' }).transport).get('x')).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    await expect(new Api(() => Promise.reject(new TypeError('no'))).get('x')).rejects.toBeInstanceOf(Unreachable)
  })

  it('ask listings in the shape of the server', () => {
    const params = new URLSearchParams(listingParams({ filter: { field: 'state', op: 'in', value: ['requested'] }, sort: '-priority', columns: ['a', 'b'] }))
    expect(JSON.parse(params.get('filter') ?? '')).toEqual({ field: 'state', op: 'in', value: ['requested'] })
    expect([params.get('sort'), params.get('columns'), params.get('limit')]).toEqual(['-priority', 'a,b', '50'])
    expect(pathOf('work.order')).toBe('work/orders')
    expect(pathOf('parties.party')).toBe('parties/parties')
  })
})

describe('event stream', () => {
  it('survives cuts anywhere and ignores heartbeats', () => {
    const seen: StreamEvent[] = []
    const parser = new StreamParser((event) => seen.push(event))
    for (const part of [': ping\n\nid: 7\neve', 'nt: work.order.started\nda', 'ta: {"subject_id":"a"}\n', '\nid: 8\ndata: not json\n\n']) parser.push(part)
    expect(seen).toEqual([{ id: '7', name: 'work.order.started', data: { subject_id: 'a' } }])
  })

  it('reads several events of one piece in order', () => {
    const onEvent = vi.fn()
    new StreamParser(onEvent).push('id:1\ndata:{}\n\nid:2\ndata:{}\n\n')
    expect(onEvent.mock.calls.map(([event]) => (event as StreamEvent).id)).toEqual(['1', '2'])
  })
})
