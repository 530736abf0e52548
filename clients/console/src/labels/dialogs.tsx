// A template of one's own after another one, and a printer with its offset.
import { FormDialog, useSteps, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useMemo } from 'react'
import type { Design, PrinterRow } from './data'

export const TEMPLATES = 'attach/label_templates'
export const PRINTERS = 'attach/label_printers'
const SIDES = ['left', 'right', 'top'].map((value) => ({ value, words_key: `choice.attach.label_template.code_side.${value}` }))
export const LANGUAGES = ['both', 'chinese', 'english'].map((value) => ({ value, words_key: `choice.attach.label_template.language.${value}` }))

interface TemplateProps {
  design: Design
  kind: string
  fields: { name: string; words_key: string }[]
  onMade: (id: string) => void
  onClose: () => void
}

export function TemplateDialog({ design, kind, fields, onMade, onClose }: TemplateProps) {
  const { t } = useWords()
  const run = useSteps(TEMPLATES)
  const specs = useMemo<FieldSpec[]>(() => [
    { key: 'name', type: 'text', words_key: 'labels.name', isRequired: true, autoFocus: true },
    { key: 'fields', type: 'choice', words_key: 'labels.fields', isMultiple: true, choices: fields.map((one) => ({ value: one.name, words_key: one.words_key })) },
    { key: 'size_pt', type: 'number', words_key: 'labels.size_pt', unit: 'pt', min: 4, max: 72, isRequired: true, isHalf: true },
    { key: 'code_mm', type: 'number', words_key: 'labels.code_mm', unit: 'mm', min: 0, max: 200, isRequired: true, isHalf: true },
    { key: 'code_side', type: 'choice', words_key: 'labels.code_side', choices: SIDES, isRequired: true },
    { key: 'language', type: 'choice', words_key: 'labels.language', choices: LANGUAGES, isRequired: true },
    { key: 'is_named', type: 'boolean', words_key: 'labels.is_named', isRequired: true, isHalf: true },
    { key: 'has_border', type: 'boolean', words_key: 'labels.has_border', isRequired: true, isHalf: true },
  ], [fields])
  const { content } = design
  const before = new Map(content.fields.map((field) => [field.name, field]))

  async function create(values: Record<string, unknown>): Promise<void> {
    const chosen = (values.fields as string[] | undefined) ?? []
    const size = Number(values.size_pt)
    const shaped = chosen.map((name, index) => ({ lines: before.get(name)?.lines ?? 1, name, is_named: values.is_named === true, is_bold: index === 0, size_pt: index === 0 ? Math.min(72, size + 1) : size }))
    const made = await run([{
      path: `${TEMPLATES}/create`,
      args: {
        kind, name: values.name, language: values.language, [design.medium]: design.stock,
        content: { ...content, logo_mm: 0, code_mm: values.code_mm, code_side: values.code_side, has_border: values.has_border, fields: shaped },
      },
    }], t('kit.verb_done', { verb: t('verb.attach.label_template.create') }))
    if (made?.id) onMade(made.id)
  }

  return (
    <FormDialog
      kind="attach.label_template"
      title={t('labels.new_template')}
      intro={t('labels.new_template_intro', { name: design.name })}
      fields={specs}
      initial={{ fields: content.fields.map((field) => field.name), size_pt: Number(content.fields.at(-1)?.size_pt ?? 8), code_mm: Number(content.code_mm), code_side: content.code_side, has_border: content.has_border, is_named: content.fields.some((field) => field.is_named), language: 'both' }}
      onSubmit={create}
      onClose={onClose}
    />
  )
}

const PRINTER_FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: 'labels.name', isRequired: true, autoFocus: true },
  { key: 'offset_x_mm', type: 'number', words_key: 'labels.offset_x', unit: 'mm', min: -20, max: 20, isRequired: true, isHalf: true },
  { key: 'offset_y_mm', type: 'number', words_key: 'labels.offset_y', unit: 'mm', min: -20, max: 20, isRequired: true, isHalf: true },
]

interface PrinterProps {
  title: string
  printer?: Pick<PrinterRow, 'name' | 'offset_x_mm' | 'offset_y_mm'>
  onSubmit: (values: Record<string, unknown>) => Promise<void>
  onClose: () => void
}

export function PrinterDialog({ title, printer, onSubmit, onClose }: PrinterProps) {
  const { t } = useWords()
  const initial = { name: printer?.name, offset_x_mm: Number(printer?.offset_x_mm ?? 0), offset_y_mm: Number(printer?.offset_y_mm ?? 0) }
  return <FormDialog kind="attach.label_printer" title={title} intro={t('labels.printer_intro')} fields={PRINTER_FIELDS} initial={initial} onSubmit={onSubmit} onClose={onClose} />
}
