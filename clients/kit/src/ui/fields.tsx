// One input per type of field; RecordForm places them.
import { Input, Radio, Select } from 'antd'
import { lazy, Suspense } from 'react'
import { FileDrop } from '../plain/file-drop'
import { SignaturePad } from '../plain/signature'
import { useUploads } from '../plain/uploads'
import { useWords } from '../words'
import { NumberField } from './number-field'
import { useApi } from './provider'
import { OfferedSelect, type OfferedSpec } from './offered-select'
import { ReferenceSelect, type ReferenceSpec } from './reference-select'

const DayField = lazy(() => import('./day-field'))

export type FieldType = 'text' | 'longtext' | 'password' | 'number' | 'date' | 'datetime' | 'choice' | 'boolean' | 'reference' | 'photos' | 'files' | 'signature' | 'offered'

export interface FieldSpec {
  key: string
  type: FieldType
  words_key: string
  /** What a field of the organisation's own is called; it has no words of ours. */
  label?: string
  isRequired?: boolean
  isHalf?: boolean
  isMultiple?: boolean
  /** One file where the verb takes one. */
  isSingle?: boolean
  offered?: OfferedSpec
  help_key?: string
  /** A label stands for words that are not ours: a time zone, a currency. */
  choices?: { value: string; words_key: string; label?: string }[]
  reference?: ReferenceSpec
  min?: number
  max?: number
  unit?: string
  autoFocus?: boolean
  autoComplete?: string
  /** The field is shown only while this holds. */
  when?: (values: Record<string, unknown>) => boolean
}

interface FieldInputProps {
  field: FieldSpec
  label: string
  values: Record<string, unknown>
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}

function FilesField({ field, label, onChange }: FieldInputProps) {
  const api = useApi()
  const uploads = useUploads(
    (file, name, progress) => api.upload('attach/files', file, name, progress),
    (ids) => onChange?.(field.isSingle ? ids.at(-1) : ids),
  )
  return <FileDrop uploads={uploads} photosOnly={field.type === 'photos'} label={field.type === 'photos' ? undefined : label} />
}

/** Few choices are buttons: one tap instead of two. */
function ChoiceField({ field, label, id, value, onChange }: FieldInputProps) {
  const { t } = useWords()
  const choices = field.type === 'boolean'
    ? [{ value: true, label: t('kit.yes') }, { value: false, label: t('kit.no') }]
    : (field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.label ?? t(choice.words_key) }))
  if (choices.length <= 4 && !field.isMultiple) {
    return <Radio.Group id={id} aria-label={label} optionType="button" value={value} options={choices} onChange={(event) => onChange?.(event.target.value)} />
  }
  return (
    <Select id={id} aria-label={label} className="wide" allowClear={!field.isRequired} mode={field.isMultiple ? 'multiple' : undefined} showSearch={{ optionFilterProp: 'label' }} value={value as string} onChange={onChange} options={choices as { value: string; label: string }[]} />
  )
}

export function FieldInput(props: FieldInputProps) {
  const { field, label, id, value, onChange, values } = props
  const text = value as string | undefined
  switch (field.type) {
    case 'longtext':
      return <Input.TextArea id={id} className="growing" rows={3} autoFocus={field.autoFocus} value={text} onChange={(event) => onChange?.(event.target.value)} />
    case 'password':
      return <Input.Password id={id} autoComplete={field.autoComplete} value={text} onChange={(event) => onChange?.(event.target.value)} />
    case 'number':
      return <NumberField id={id} label={label} unit={field.unit} value={value as number | undefined} onChange={(next) => onChange?.(next)} />
    case 'date':
    case 'datetime':
      return <Suspense><DayField id={id} label={label} value={text} onChange={(next) => onChange?.(next)} hasTime={field.type === 'datetime'} /></Suspense>
    case 'choice':
    case 'boolean':
      return <ChoiceField {...props} />
    case 'reference':
      return <ReferenceSelect id={id} label={label} spec={field.reference!} isMultiple={field.isMultiple} values={values} value={value as string} onChange={(next) => onChange?.(next)} />
    case 'photos':
    case 'files':
      return <FilesField {...props} />
    case 'offered':
      return <OfferedSelect id={id} label={label} spec={field.offered!} value={text} onChange={(next) => onChange?.(next)} />
    case 'signature':
      return <SignaturePad label={label} onChange={(png) => onChange?.(png)} />
    default:
      return <Input id={id} autoFocus={field.autoFocus} autoComplete={field.autoComplete} value={text} onChange={(event) => onChange?.(event.target.value)} />
  }
}
