// Templates of labels as the server tells them, and the measures that follow: how many on a sheet, on how many sheets.
import type { Row } from '@trunnion/kit/api'

export const PRINTS = 'attach/label_prints'

export interface Stock {
  page?: 'a4' | 'letter'
  rows?: number
  columns?: number
  label_width: number | string
  label_height: number | string
  margin_top?: number | string
  margin_left?: number | string
  gap_x?: number | string
  gap_y?: number | string
  gap?: number | string
  dpi?: string
}

export interface LabelField {
  name: string
  size_pt: number | string
  lines: number
  is_named: boolean
  is_bold: boolean
}

export interface Content {
  code_mm: number | string
  code_side: 'left' | 'right' | 'top'
  short_code_pt: number | string
  logo_mm: number | string
  padding_mm: number | string
  has_border: boolean
  fields: LabelField[]
}

/** A template or a shipped one: what a print is made by. */
export interface Design {
  key: string
  name: string
  medium: 'sheet' | 'roll'
  stock: Stock
  content: Content
  isOwn: boolean
}

export interface Choices {
  kinds: { kind: string; fields: { name: string; words_key: string }[] }[]
  presets: { key: string; name: string; medium: 'sheet' | 'roll'; stock: Stock; content: Content }[]
}

export interface Template {
  id: string
  version: number
  kind: string
  name: string
  medium: 'sheet' | 'roll'
  sheet: Stock | null
  roll: Stock | null
  content: Content
  language: string
}

export interface PrinterRow extends Row {
  name: string
  offset_x_mm: string
  offset_y_mm: string
}

export interface Print {
  id: string
  labels: number
  pages: number
  job_id: string | null
}

export const PAGES = { a4: [210, 297], letter: [215.9, 279.4] } as const

export const perSheet = (stock: Stock): number => (stock.rows ?? 1) * (stock.columns ?? 1)

/** On how many sheets so many labels come to lie when the first `start - 1` places are used already. */
export function sheetsOf(stock: Stock, labels: number, start: number): number {
  return labels === 0 ? 0 : Math.ceil((start - 1 + labels) / perSheet(stock))
}

/** Where a label of a sheet lies, in millimetres; places are counted along the rows from 0. */
export function placeOf(stock: Stock, index: number): { x: number; y: number } {
  const columns = stock.columns ?? 1
  const [column, row] = [index % columns, Math.floor(index / columns)]
  return {
    x: Number(stock.margin_left ?? 0) + column * (Number(stock.label_width) + Number(stock.gap_x ?? 0)),
    y: Number(stock.margin_top ?? 0) + row * (Number(stock.label_height) + Number(stock.gap_y ?? 0)),
  }
}
