// How codes are read from what was typed, and what a form asks.
import { expect, test } from 'vitest'
import { codesIn, isTracked, serialsOf, unitOf } from './tracked'

test('serial numbers are read from lines and commas of both scripts', () => {
  expect(codesIn(' S1\nS2, S3，S4;S5；\n ')).toEqual(['S1', 'S2', 'S3', 'S4', 'S5'])
  expect(serialsOf({ quantity: 2, serials: 'A\nB' })).toEqual({ quantity: 2, serials: ['A', 'B'] })
  expect(serialsOf({ quantity: 2 })).toEqual({ quantity: 2 })
})

test('a form asks only for what tells the pieces of this item apart', () => {
  expect([isTracked('lot', 'lot'), isTracked('serial', 'lot'), isTracked('none', 'serials'), isTracked('serial', 'serials')]).toEqual([true, false, false, true])
})

test('pieces are counted without a unit', () => {
  expect([unitOf('{each}'), unitOf('kg')]).toEqual(['', 'kg'])
})
