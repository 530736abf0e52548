// What follows from the checked points of an acceptance.
export interface Checked {
  key: string
  text: string
  /** Not looked at yet while undefined. */
  is_passed: boolean | undefined
  remark: string
}

export interface PointLine {
  text: string
  is_passed: boolean
  remark: string
}

/** A line without words is no point; what nobody looked at keeps the form open. */
export function verdictOf(points: Checked[]): { open: number; failed: PointLine[]; lines: PointLine[] } {
  const named = points.filter((point) => point.text.trim())
  const lines = named.flatMap(({ text, is_passed, remark }): PointLine[] => (is_passed === undefined ? [] : [{ text: text.trim(), is_passed, remark: is_passed ? '' : remark.trim() }]))
  return { open: named.length - lines.length, failed: lines.filter((line) => !line.is_passed), lines }
}

/** Open defects are looked at first, each once; then what is looked at anyway. */
export function pointsOf(defects: string[], usual: string[]): Checked[] {
  return [...new Set([...defects, ...usual])].map((text) => ({ key: text, text, is_passed: undefined, remark: '' }))
}
