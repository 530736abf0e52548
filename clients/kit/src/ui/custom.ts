// Fields that an organisation keeps of its own: as inputs of a form, as facts of a record, as arguments of a verb.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Column } from '../api'
import type { Formats } from '../formats'
import { useWords, type Words } from '../words'
import type { FieldSpec, FieldType } from './fields'
import type { Fact } from './page-shell'
import { useApi, useReferenceOf } from './provider'
import type { ReferenceSpec } from './reference-select'

export interface CustomChoice {
  value: string
  label_en: string
  label_zh: string
  is_archived: boolean
}

interface Defined {
  key: string
  unit: string
  refers_to: string
  choices: CustomChoice[]
  required_at: string[]
}

/** A field as a new record is asked for it. */
export interface OfferedField extends Defined {
  label_en: string
  label_zh: string
  value_type: string
  narrowed_by: string
  narrowed_to: string[]
}

/** A field with its value, as a record's detail tells it. */
export interface CustomValue extends Defined {
  label: string
  type: string
  value: unknown
  words: string | null
  group: string
  is_archived: boolean
}

export const CUSTOM = 'custom'
const PREFIX = `${CUSTOM}.`
const TYPES: Record<string, FieldType> = {
  text: 'text', long_text: 'longtext', link: 'text', number: 'number', integer: 'number', yes_no: 'boolean', date: 'date', datetime: 'datetime', choice: 'choice', choices: 'choice', reference: 'reference',
}
const NUMBERS = new Set(['number', 'integer'])

/** One input; nothing where a record would have to be chosen of a kind that has no list here. */
export function customInput(field: Defined, type: string, label: string, language: string, referenceOf: (kind: string) => ReferenceSpec | undefined): FieldSpec[] {
  const reference = type === 'reference' ? referenceOf(field.refers_to) : undefined
  if (!TYPES[type] || (type === 'reference' && !reference)) return []
  return [{
    key: PREFIX + field.key, type: TYPES[type], words_key: '', label, unit: field.unit || undefined, reference, isMultiple: type === 'choices', isHalf: type !== 'long_text' && type !== 'choices' && type !== 'choice',
    choices: field.choices.filter((one) => !one.is_archived).map((one) => ({ value: one.value, words_key: '', label: language === 'zh-CN' ? one.label_zh : one.label_en })),
  }]
}

const isAsked = (field: Defined, verb: string): boolean => field.required_at.includes('always') || field.required_at.includes(verb)

/** The fields of a kind for the form of a new record; `through` is the model or asset that leads to its class. */
export function useCustomFields(kind: string, through?: unknown, isEnabled = true): FieldSpec[] {
  const api = useApi()
  const { language } = useWords()
  const referenceOf = useReferenceOf()
  const leads = typeof through === 'string' && through ? `?through=${through}` : ''
  const rows = useQuery({
    enabled: isEnabled,
    queryKey: [CUSTOM, kind, leads],
    queryFn: () => api.get<{ rows: OfferedField[] }>(`attach/custom_fields/of/${kind}${leads}`),
    staleTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
  }).data?.rows
  return useMemo(() => (rows ?? []).flatMap((row) => customInput(row, row.value_type, language === 'zh-CN' ? row.label_zh : row.label_en, language, referenceOf).map((spec) => ({
    ...spec, isRequired: isAsked(row, 'create'), when: row.narrowed_by === 'order_kind' ? (values: Record<string, unknown>) => row.narrowed_to.includes(String(values.kind)) : undefined,
  }))), [rows, language, referenceOf])
}

/** The same for a record that is there: what applies to it, its detail says. */
export function customSpecs(custom: CustomValue[] | undefined, language: string, referenceOf: (kind: string) => ReferenceSpec | undefined): FieldSpec[] {
  return (custom ?? []).filter((one) => !one.is_archived).flatMap((one) => customInput(one, one.type, one.label, language, referenceOf).map((spec) => ({ ...spec, isRequired: isAsked(one, 'edit') })))
}

/** What the record says now, by the keys of the inputs. */
export const customValues = (custom: CustomValue[] | undefined): Record<string, unknown> =>
  Object.fromEntries((custom ?? []).map((one) => [PREFIX + one.key, NUMBERS.has(one.type) && one.value !== null ? Number(one.value) : one.value]))

/** The inputs' values as a verb takes them: those of one's own together under one argument. */
export function packed(values: Record<string, unknown>): Record<string, unknown> {
  const own = Object.entries(values).filter(([key]) => key.startsWith(PREFIX))
  if (!own.length) return values
  const rest = Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith(PREFIX)))
  return { ...rest, [CUSTOM]: Object.fromEntries(own.map(([key, value]) => [key.slice(PREFIX.length), value === '' ? null : value])) }
}

/** What a record has of such facts, in words. */
export function customFacts(custom: CustomValue[] | undefined, words: Words, formats: Formats): Fact[] {
  return (custom ?? []).filter((one) => one.value !== null).map((one) => ({ label: one.label, value: customWords(one, words, formats) }))
}

const customWords = (one: CustomValue, words: Words, formats: Formats): string => one.words ?? customText(one, one.value, words, formats) ?? ''

/** Any value of a field in words, such as one that it had before; null for a record that only its id names. */
export function customText(one: CustomValue, value: unknown, words: Words, formats: Formats): string | null {
  if (value === null || value === undefined || value === '') return ''
  if (one.type === 'reference') return null
  const labelOf = (key: unknown): string => {
    const choice = one.choices.find((each) => each.value === key)
    return choice ? (words.language === 'zh-CN' ? choice.label_zh : choice.label_en) : String(key)
  }
  if (Array.isArray(value)) return value.map(labelOf).join(words.list)
  if (one.type === 'choice') return labelOf(value)
  const text = String(value)
  if (typeof value === 'boolean') return words.t(value ? 'kit.yes' : 'kit.no')
  if (NUMBERS.has(one.type)) return [formats.number(text), one.unit].filter(Boolean).join(' ')
  if (one.type === 'date') return formats.date(text)
  return one.type === 'datetime' ? formats.dateTime(text) : text
}

/** Columns of lists and fields of forms that an organisation's own fields bring: what has to be read again when one changes. */
export const CUSTOM_MARKS = ['columns', CUSTOM, 'targets']

export const isCustomColumn = (column: Pick<Column, 'key'>): boolean => column.key.startsWith(PREFIX)
