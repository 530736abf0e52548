// Where the points of a small curve lie: time runs to the right, the limits are always in the picture.
interface Reading {
  at: number
  value: number
}

interface Limits {
  low: string | null
  high: string | null
}

const EDGE = 5

export function placed(readings: Reading[], { low, high }: Limits, width: number, height: number) {
  const marks = [low, high].filter((one): one is string => one !== null).map(Number)
  const values = [...readings.map((one) => one.value), ...marks]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const [first, last] = [readings[0]?.at ?? 0, readings.at(-1)?.at ?? 0]
  const x = (at: number): number => (last === first ? width / 2 : EDGE + ((at - first) / (last - first)) * (width - 2 * EDGE))
  const y = (value: number): number => (most === least ? height / 2 : height - EDGE - ((value - least) / (most - least)) * (height - 2 * EDGE))
  return { dots: readings.map((one) => ({ x: x(one.at), y: y(one.value) })), limits: marks.map(y) }
}
