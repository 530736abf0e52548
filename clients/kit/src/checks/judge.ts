// What an answer to a check comes to, told while it is typed; the server judges again by the same rules.
export type TaskResult = 'pass' | 'flag' | 'fail' | 'skipped'

/** What is asked, and what is right. */
export interface Question {
  asks?: string
  low?: string | null
  high?: string | null
  choices?: string[]
}

const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/

/** A number as the server reads it: with a point, whatever the keyboard of the phone offers; null where it is none. */
export function numberOf(text: string): string | null {
  const plain = text.trim()
  return NUMBER.test(plain) ? plain.replace(',', '.') : null
}

/** Null where the value is not what the check asks for. */
export function judge(task: Question, value: string): TaskResult | null {
  if (task.asks === 'number' || task.asks === 'meter') {
    const number = numberOf(value)
    if (number === null) return null
    const isLow = task.low != null && Number(number) < Number(task.low)
    const isHigh = task.high != null && Number(number) > Number(task.high)
    return isLow || isHigh ? 'fail' : 'pass'
  }
  if (task.asks === 'choice') return task.choices?.includes(value) ? 'pass' : null
  if (task.asks === 'tick' || task.asks === 'photo') return 'pass'
  if (!value.trim()) return null
  if (task.asks === 'barcode' && task.choices?.length) return task.choices.includes(value.trim()) ? 'pass' : 'fail'
  return 'pass'
}
