// Which cells of a grid are marked, how keys move the mark, and how marked cells leave and enter as text.
export interface Place {
  row: number
  column: number
}

export interface Marked {
  /** Where the mark began. */
  anchor: Place
  /** Where it is now: the cell that typing goes to. */
  at: Place
}

export interface Area {
  top: number
  bottom: number
  left: number
  right: number
}

export const areaOf = ({ anchor, at }: Marked): Area => ({
  top: Math.min(anchor.row, at.row), bottom: Math.max(anchor.row, at.row), left: Math.min(anchor.column, at.column), right: Math.max(anchor.column, at.column),
})

export const holds = (area: Area, row: number, column: number): boolean => row >= area.top && row <= area.bottom && column >= area.left && column <= area.right

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))

export interface Size {
  rows: number
  columns: number
}

export function moved(marked: Marked, size: Size, rows: number, columns: number, isStretched = false): Marked {
  const at = { row: clamp(marked.at.row + rows, size.rows - 1), column: clamp(marked.at.column + columns, size.columns - 1) }
  return { at, anchor: isStretched ? marked.anchor : at }
}

/** Tab goes along the row and on to the next. */
export function next(marked: Marked, size: Size, step: 1 | -1): Marked {
  const flat = clamp(marked.at.row * size.columns + marked.at.column + step, size.rows * size.columns - 1)
  const at = { row: Math.floor(flat / size.columns), column: flat % size.columns }
  return { at, anchor: at }
}

const STEPS: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const FAR = 1_000_000

/** Where a key leads, or nothing when it means something else. */
export function afterKey(key: string, marked: Marked, size: Size, page: number, held: { shift: boolean; ctrl: boolean }): Marked | null {
  const step = STEPS[key]
  if (step) return moved(marked, size, step[0] * (held.ctrl ? FAR : 1), step[1] * (held.ctrl ? FAR : 1), held.shift)
  if (key === 'PageDown' || key === 'PageUp') return moved(marked, size, key === 'PageDown' ? page : -page, 0, held.shift)
  if (key === 'Home') return moved(marked, size, held.ctrl ? -FAR : 0, -FAR, held.shift)
  if (key === 'End') return moved(marked, size, held.ctrl ? FAR : 0, FAR, held.shift)
  return null
}

/** Cells as spreadsheets put them on the clipboard: tabs, lines, quotation marks around what holds either. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at]!
    if (isQuoted) {
      if (sign === '"' && plain[at + 1] === '"') { cell += '"'; at += 1 }
      else if (sign === '"') isQuoted = false
      else cell += sign
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === '\t') { rows.at(-1)!.push(cell); cell = '' }
    else if (sign === '\n') { rows.at(-1)!.push(cell); cell = ''; rows.push([]) }
    else cell += sign
  }
  rows.at(-1)!.push(cell)
  return rows
}

const quoted = (text: string): string => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const textOfCells = (rows: string[][]): string => rows.map((row) => row.map(quoted).join('\t')).join('\n')
