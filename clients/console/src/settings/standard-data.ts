// Versions of the matrix and of the condition classes, and what a new one begins with.
import type { Matrix, Named, Scale } from '../assets/matrix'

interface Dated {
  is_current: boolean
  created_at: string
  made_by: string
}

export type MatrixVersion = Matrix & Dated
export type ScaleVersion = Scale & Dated

export interface Versions {
  matrices: MatrixVersion[]
  scales: ScaleVersion[]
}

export type MatrixDraft = Pick<Matrix, 'name' | 'axes' | 'combine' | 'bands'>
export type ScaleDraft = Pick<Scale, 'name' | 'levels'>

const named = (key: string, name_en: string, name_zh: string): Named => ({ key, name_en, name_zh })
const scored = (names: [string, string][]) => names.map(([en, zh], at) => ({ ...named(String(at + 1), en, zh), score: at + 1 }))

/** A matrix of consequence and likelihood, as plants commonly begin with; every word of it can be changed. */
export const firstMatrix = (name: string): MatrixDraft => ({
  name,
  combine: 'product',
  axes: [
    { ...named('consequence', 'Consequence of a failure', '失效后果'), levels: scored([['None to speak of', '轻微'], ['Small', '较小'], ['Noticeable', '一般'], ['Grave', '严重'], ['Danger to people or a standstill', '危及人身或全线停产']]) },
    { ...named('likelihood', 'Likelihood of a failure', '失效可能性'), levels: scored([['Rarer than in ten years', '十年以上一次'], ['Within ten years', '十年内一次'], ['Within three years', '三年内一次'], ['Every year', '每年一次'], ['Several times a year', '每年多次']]) },
  ],
  bands: [{ level: 'a', at_least: '12' }, { level: 'b', at_least: '6' }, { level: 'c', at_least: '0' }],
})

export const CONDITIONS = ['very_good', 'good', 'fair', 'poor', 'very_poor']

export const firstScale = (name: string): ScaleDraft => ({
  name,
  levels: [['1', 'As new', '全新'], ['2', 'Sound', '完好'], ['3', 'Worn, works', '基本完好'], ['4', 'Poor, plan the repair', '带病运行'], ['5', 'Unfit for use', '不可使用']].map(([key, en, zh], at) => ({ ...named(key!, en!, zh!), condition: CONDITIONS[at]! })),
})

/** Both names are needed; one of them stands for both until somebody writes the other. */
export const bothNames = <N extends Named>(one: N): N => ({ ...one, name_en: one.name_en.trim() || one.name_zh.trim(), name_zh: one.name_zh.trim() || one.name_en.trim() })
