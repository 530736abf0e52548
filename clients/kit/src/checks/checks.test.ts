// Conditions on earlier answers: the same cases as the server judges.
import { describe, expect, it } from 'vitest'
import { asked, holds, stillOpen, type Conditioned } from './index'

const check = (step_key: string, result: string, value = '', when: Conditioned['when'] = []): Conditioned => ({ id: step_key, procedure_id: 'p', step_key, when, result, value })

describe('conditions on earlier answers', () => {
  it.each([
    [{ step: 't', results: ['fail'] }, 'fail', '92', true],
    [{ step: 't', results: ['fail'] }, 'pass', '70', false],
    [{ step: 't', above: '80' }, 'fail', '80.5', true],
    [{ step: 't', above: '80' }, 'pass', '80', false],
    [{ step: 't', above: '80' }, 'skipped', '', false],
    [{ step: 't', values: ['milky'] }, 'pass', 'milky', true],
    [{ step: 't', results: ['pass'] }, '', '', false],
  ])('%o for %s %s: %s', (condition, result, value, expected) => expect(holds(condition, result, value)).toBe(expected))

  it('leaves out what depends on a step that is left out, whatever it was answered before', () => {
    const hot = [{ step: 'temp', results: ['fail'] }]
    const why = [{ step: 'hot', results: ['fail'] }]
    const tasks = (result: string): Conditioned[] => [check('temp', result, '92'), check('hot', 'fail', '', hot), check('why', '', '', why)]
    expect(asked(tasks('fail')).map((one) => one.id)).toEqual(['temp', 'hot', 'why'])
    expect(asked(tasks('pass')).map((one) => one.id)).toEqual(['temp'])
  })

  it('asks where one of several repeats fits, and keeps procedures apart', () => {
    const more = check('more', '', '', [{ step: 'gap', above: '3' }])
    expect(asked([check('gap', 'pass', '2'), check('gap', 'fail', '4'), more]).length).toBe(3)
    expect(asked([{ ...check('gap', 'fail', '4'), procedure_id: 'other' }, more]).length).toBe(1)
  })

  it('holds up the end of the work only for what is asked and must be answered', () => {
    const must = { ...check('why', '', '', [{ step: 'temp', results: ['fail'] }]), requirement: 'must' }
    expect(stillOpen([check('temp', 'pass', '20'), must, check('free', '')])).toEqual([])
    expect(stillOpen([check('temp', 'fail', '99'), must]).map((one) => one.id)).toEqual(['why'])
  })
})
