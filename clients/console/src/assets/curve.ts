// The line of a meter's readings: points in a box of a given size, and the marks of its axis.
export interface Reading {
  id: string
  entry: string
  value: string
  total: string
  read_at: string
  reverses_id: string | null
  remark: string
  actor_name: string
  is_reversed: boolean
}

export interface Curve {
  path: string
  points: { x: number; y: number; reading: Reading }[]
  marks: { y: number; value: number }[]
}

/** Steps of 1, 2 or 5 times a power of ten, so that the marks are figures that people use. */
export function stepOf(span: number, most = 4): number {
  if (span <= 0) return 1
  const rough = span / most
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5, 10].map((n) => n * power).find((step) => span / step <= most) ?? power * 10
}

/** What was reversed and the reversals themselves are not drawn: they never were. */
export function curveOf(readings: Reading[], isCounter: boolean, width: number, height: number): Curve | null {
  const shown = readings.filter((one) => !one.is_reversed && one.entry !== 'reversal').toSorted((a, b) => a.read_at.localeCompare(b.read_at))
  if (shown.length < 2) return null
  const value = (one: Reading): number => Number(isCounter ? one.total : one.value)
  const values = shown.map(value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const step = stepOf(high - low || Math.abs(high) || 1)
  const [from, to] = [Math.floor(low / step) * step, Math.max(Math.ceil(high / step) * step, Math.floor(low / step) * step + step)]
  const [begin, end] = [Date.parse(shown[0]!.read_at), Date.parse(shown.at(-1)!.read_at)]
  const x = (one: Reading): number => (end === begin ? width / 2 : ((Date.parse(one.read_at) - begin) / (end - begin)) * width)
  const y = (figure: number): number => height - ((figure - from) / (to - from)) * height
  const points = shown.map((reading) => ({ x: x(reading), y: y(value(reading)), reading }))
  const marks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => ({ value: from + index * step, y: y(from + index * step) }))
  return { path: points.map((one, index) => `${index ? 'L' : 'M'}${one.x.toFixed(1)} ${one.y.toFixed(1)}`).join(' '), points, marks }
}
