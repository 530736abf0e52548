// How the scores of a criticality matrix become a class: the server decides, the form shows it beforehand.
export interface Named {
  key: string
  name_en: string
  name_zh: string
}

export interface Matrix {
  id: string
  name: string
  number: number
  axes: (Named & { levels: (Named & { score: number })[] })[]
  combine: 'max' | 'sum' | 'product'
  bands: { level: string; at_least: string }[]
}

export interface Scale {
  id: string
  name: string
  number: number
  levels: (Named & { condition: string })[]
}

const JOIN: Record<Matrix['combine'], (scores: number[]) => number> = {
  max: (scores) => Math.max(...scores),
  sum: (scores) => scores.reduce((a, b) => a + b, 0),
  product: (scores) => scores.reduce((a, b) => a * b, 1),
}

/** Null until every axis has a score. */
export function levelOf(matrix: Pick<Matrix, 'axes' | 'combine' | 'bands'>, scores: Record<string, number>): { result: number; level: string } | null {
  const given = matrix.axes.map((axis) => scores[axis.key])
  if (given.some((score) => score === undefined)) return null
  const result = JOIN[matrix.combine](given as number[])
  const band = matrix.bands.toSorted((a, b) => Number(b.at_least) - Number(a.at_least)).find((one) => result >= Number(one.at_least))
  return band ? { result, level: band.level } : null
}
