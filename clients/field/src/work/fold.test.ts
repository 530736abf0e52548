// The order as the phone shows it: the server's last word with the waiting verbs on top.
import type { Verb } from '@trunnion/kit/offline'
import { describe, expect, it } from 'vitest'
import { fold, made, settled } from './fold'
import type { Order, Task } from './types'

const GRANTS = ['work.order.accept', 'work.order.depart', 'work.order.arrive', 'work.order.start', 'work.order.wait', 'work.order.resume', 'work.order.complete', 'work.order.confirm', 'work.task.*', 'work.labour.*']
const task: Task = { id: 't1', version: 4, title: 'Locked', instruction: '', result: '', note: '', answered_by_name: '' }
const at = '2026-11-22T08:00:00.000Z'

function verb(name: string, args: Record<string, unknown> = {}, more: Partial<Verb> = {}): Verb {
  return { key: name, name, method: 'POST', path: `work/orders/a/${name.split('.').at(-1)}`, args, record: 'work.order:a', seen: null, at, blobs: [], label: '', ...more }
}

const order: Order = { ...made(verb('work.order.create', { title: 'Noise' }), 'me'), id: 'a', state: 'dispatched', leading_id: 'me', tasks: [task] }
const step = (name: string, args = {}): Verb => verb(`work.order.${name}`, args)

describe('ahead of the server', () => {
  it('walks through a job by the table, and offers what comes next', () => {
    const there = fold(order, [step('accept'), step('depart'), step('arrive')], GRANTS)
    expect([there.state, there.actions.includes('start'), there.actions.includes('depart')]).toEqual(['on_site', true, false])
    const done = fold(order, ['accept', 'depart', 'arrive', 'start'].map((name) => step(name)).concat(step('complete', { remedy: 'Reset' })), GRANTS)
    expect([done.state, done.remedy, done.actions]).toEqual(['completed', 'Reset', ['confirm']])
  })

  it('goes on after a wait where it was, and a wait stops the clock', () => {
    const waiting = fold({ ...order, state: 'in_progress' }, [verb('work.labour.begin', {}), step('wait', { reason: 'parts' })], GRANTS)
    expect([waiting.state, waiting.waiting_reason, waiting.timers]).toEqual(['waiting', 'parts', []])
    expect(fold(waiting, [step('resume')], GRANTS).state).toBe('in_progress')
  })

  it('leaves an illegal step out rather than invent a state', () => {
    expect(fold(order, [step('complete', { remedy: 'x' })], GRANTS).state).toBe('dispatched')
  })

  it('shows nothing that the person may not do, nor steps of a colleague’s order', () => {
    expect(fold(order, [step('accept')], []).actions).toEqual([])
    expect(fold({ ...order, leading_id: 'sun' }, [step('accept')], GRANTS).actions).toEqual([])
  })

  it('is about another machine once it was switched, and only while somebody works on it', () => {
    const turned = fold({ ...order, asset_id: 'p1', asset_name: 'Pump' }, [step('switch', { asset_id: 'p2' })], [...GRANTS, 'work.order.switch'])
    expect([turned.asset_id, turned.asset_name, turned.state, turned.actions.includes('switch')]).toEqual(['p2', null, 'dispatched', true])
    expect(fold({ ...order, state: 'completed', asset_id: 'p1' }, [step('switch', { asset_id: 'p2' })], GRANTS).asset_id).toBe('p1')
  })

  it('answers checks, and takes over the version that the server tells', () => {
    const answer = verb('work.task.answer', { result: 'pass', note: '' }, { path: 'work/tasks/t1/answer' })
    expect(fold(order, [answer], GRANTS).tasks[0]).toMatchObject({ result: 'pass', version: 4 })
    expect(settled(order, answer, { id: 't1', version: 5 }, {}, GRANTS).tasks[0]).toMatchObject({ result: 'pass', version: 5 })
  })

  it('gives a photo its name at the server once it is there', () => {
    const link = verb('attach.file.link', { role: 'after' }, { path: 'attach/files/blob:1/link', blobs: ['blob:1'] })
    expect(fold(order, [link], GRANTS).files[0]).toMatchObject({ file_id: 'blob:1', isLocal: true })
    expect(settled(order, link, { id: 'link' }, { 'blob:1': 'f1' }, GRANTS).files[0]).toMatchObject({ file_id: 'f1', isLocal: false })
  })
})
