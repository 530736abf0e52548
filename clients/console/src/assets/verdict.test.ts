// The verdict of an acceptance form.
import { expect, it } from 'vitest'
import { pointsOf, verdictOf } from './verdict'

it('leaves nameless lines out, waits for each named one, and keeps remarks of what failed only', () => {
  const found = verdictOf([
    { key: '1', text: 'Nameplate ', is_passed: true, remark: 'old note' },
    { key: '2', text: 'Seal', is_passed: false, remark: ' drips ' },
    { key: '3', text: 'Runs', is_passed: undefined, remark: '' },
    { key: '4', text: '  ', is_passed: undefined, remark: '' },
  ])
  expect(found.open).toBe(1)
  expect(found.lines).toEqual([{ text: 'Nameplate', is_passed: true, remark: '' }, { text: 'Seal', is_passed: false, remark: 'drips' }])
  expect(found.failed.map((one) => one.text)).toEqual(['Seal'])
})

it('asks again for what was found wrong, once', () => {
  expect(pointsOf(['Seal', 'Nameplate'], ['Nameplate', 'Runs']).map((one) => one.text)).toEqual(['Seal', 'Nameplate', 'Runs'])
})
