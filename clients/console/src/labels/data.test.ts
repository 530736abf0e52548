// Sheets are counted and places found as they are on the paper.
import { expect, test } from 'vitest'
import { perSheet, placeOf, sheetsOf, type Stock } from './data'

const SHEET: Stock = { page: 'a4', rows: 7, columns: 3, label_width: '63.5', label_height: '38.1', margin_top: '15.15', margin_left: 7.25, gap_x: 2.5 }

test('a sheet that is partly used needs another one sooner', () => {
  expect(perSheet(SHEET)).toBe(21)
  expect(sheetsOf(SHEET, 21, 1)).toBe(1)
  expect(sheetsOf(SHEET, 21, 2)).toBe(2)
  expect(sheetsOf(SHEET, 0, 5)).toBe(0)
})

test('labels lie along the rows, gaps between them', () => {
  expect(placeOf(SHEET, 0)).toEqual({ x: 7.25, y: 15.15 })
  expect(placeOf(SHEET, 4).x).toBeCloseTo(73.25)
  expect(placeOf(SHEET, 4).y).toBeCloseTo(53.25)
})
