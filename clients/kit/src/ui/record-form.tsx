// A form declared as a list of fields: the same for creating, editing and the arguments of a verb.
import { Form, type FormRule } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { faultWords, fieldOf, Problem, problemWords } from '../api'
import { useWords, type Words } from '../words'
import { dropDraft, keepDraft, readDraft, typedSince } from './drafts'
import { fieldName } from './field-name'
import { FieldInput, type FieldSpec } from './fields'

export type Values = Record<string, unknown>

interface RecordFormProps {
  /** The kind of record that the form is about, for the words of refusals. */
  kind?: string
  id?: string
  fields: FieldSpec[]
  initial?: Values
  /** The name under which what is typed is kept until it is sent; a reload then costs nothing. */
  draft?: string
  onSubmit: (values: Values) => Promise<void>
  /** The buttons; gets told whether the form is being sent. */
  foot?: (isSending: boolean) => ReactNode
  onSending?: (isSending: boolean) => void
  /** Told what is typed so far, for whatever stands beside the form. */
  onValues?: (values: Values) => void
}

/** Blank means "not said": it is left out, so that the server's own default holds. */
function said(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))
}

/** Only what can be known without the server; everything else it says itself, at the field. */
function rulesOf(field: FieldSpec, t: Words['t']): FormRule[] {
  const rules: FormRule[] = []
  if (field.isRequired) rules.push({ required: true, message: t('kit.required') })
  if (field.type !== 'number') return rules
  const range = { min: field.min ?? Number.MIN_SAFE_INTEGER, max: field.max ?? Number.MAX_SAFE_INTEGER }
  rules.push({
    validator: (_, value: number | undefined) => {
      if (value === undefined) return Promise.resolve()
      if (Number.isNaN(value)) return Promise.reject(new Error(t('kit.not_a_number')))
      const isInside = value >= range.min && value <= range.max
      return isInside ? Promise.resolve() : Promise.reject(new Error(t('kit.out_of_range', range)))
    },
  })
  return rules
}

export function RecordForm({ kind, id, fields, initial, onSubmit, foot, onSending, onValues, draft }: RecordFormProps) {
  const { t, words } = useWords()
  const [form] = Form.useForm<Values>()
  // Fields that come later (their words or choices were fetched) find their draft as well.
  const [begun] = useState(() => ({ initial, kept: draft ? readDraft(draft, fields) : {} }))
  const [isKept, setKept] = useState(Object.keys(begun.kept).length > 0)
  const [problem, setProblem] = useState<unknown>(null)
  const [isSending, setSending] = useState(false)
  const alert = useRef<HTMLDivElement>(null)
  const isSent = useRef(false)
  const values = Form.useWatch([], form) as Values | undefined

  useEffect(() => {
    if (problem) alert.current?.focus()
  }, [problem])

  useEffect(() => {
    if (values) onValues?.(values)
  }, [values, onValues])

  useEffect(() => {
    if (draft && values && !isSent.current) keepDraft(draft, typedSince(fields, begun.initial, values))
  }, [draft, values, fields, begun])

  function startAgain(): void {
    if (draft) dropDraft(draft)
    setKept(false)
    form.setFieldsValue(Object.fromEntries(fields.map(({ key }) => [key, begun.initial?.[key]])))
  }

  function showFaults(error: unknown): void {
    setProblem(error)
    if (!(error instanceof Problem)) return
    const keys = new Set(fields.map((field) => field.key))
    form.setFields(
      error.errors.flatMap((fault) => {
        const place = fieldOf(fault)
        const name = keys.has(place) ? place : (place.split('.')[0] ?? '')
        return keys.has(name) ? [{ name, errors: [faultWords(words, fault, kind)] }] : []
      }),
    )
  }

  async function send(typed: Values): Promise<void> {
    setProblem(null)
    setSending(true)
    onSending?.(true)
    // What was sent is no draft, even if the page goes away before the answer is looked at.
    isSent.current = true
    if (draft) dropDraft(draft)
    try {
      await onSubmit(said(typed))
    } catch (error) {
      isSent.current = false
      if (draft) keepDraft(draft, typedSince(fields, begun.initial, typed))
      showFaults(error)
    } finally {
      setSending(false)
      onSending?.(false)
    }
  }

  const shown = fields.filter((field) => !field.when || field.when(values ?? initial ?? {}))
  return (
    <Form form={form} id={id} layout="vertical" requiredMark={false} initialValues={{ ...initial, ...begun.kept }} onFinish={(typed) => void send(typed)} scrollToFirstError={{ focus: true }}>
      {problem !== null && <div className="form-problem" role="alert" tabIndex={-1} ref={alert}>{problemWords(words, problem, kind)}</div>}
      {isKept && <p className="form-kept" role="status">{t('kit.draft')} <button type="button" className="link-button" onClick={startAgain}>{t('kit.draft_drop')}</button></p>}
      <div className="form-grid">
        {shown.map((field) => {
          const label = fieldName(field, words)
          return (
            <Form.Item
              key={field.key}
              name={field.key}
              className={field.isHalf ? 'form-half' : 'form-full'}
              label={field.isRequired ? label : <>{label} <span className="form-optional">{t('kit.optional')}</span></>}
              extra={field.help_key && t(field.help_key)}
              rules={rulesOf(field, t)}
            >
              <FieldInput field={field} label={label} values={values ?? {}} />
            </Form.Item>
          )
        })}
      </div>
      {foot?.(isSending)}
    </Form>
  )
}
