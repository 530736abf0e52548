// What is done to the cells of one column on their way, and what could not be told from the cells alone.
import { useWords } from '@trunnion/kit/words'
import { Button, Input, InputNumber, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { ColumnUse, Suggestion } from './mapping'
import type { TargetField } from './targets'

type Change = (change: Partial<ColumnUse>) => void

interface QuestionProps {
  said: Suggestion
  use: ColumnUse
  onChange: Change
}

const ORDERS = ['ymd', 'dmy', 'mdy'] as const
const DECIMALS = ['point', 'comma'] as const
const DAYS = new Set(['day', 'instant'])
const NUMBERS = new Set(['number', 'whole', 'duration'])

function OrderSelect({ use, onChange }: Omit<QuestionProps, 'said'>) {
  const { t } = useWords()
  return <Select aria-label={t('imports.date_order')} allowClear placeholder={t('imports.date_order')} value={use.date_order ?? undefined} options={ORDERS.map((value) => ({ value, label: t(`imports.date_orders.${value}`) }))} onChange={(date_order) => onChange({ date_order: date_order ?? null })} />
}

function DecimalsSelect({ use, onChange }: Omit<QuestionProps, 'said'>) {
  const { t } = useWords()
  return <Select aria-label={t('imports.decimals')} allowClear placeholder={t('imports.decimals')} value={use.decimals ?? undefined} options={DECIMALS.map((value) => ({ value, label: t(`imports.decimal.${value}`) }))} onChange={(decimals) => onChange({ decimals: decimals ?? null })} />
}

export function Question({ said, use, onChange }: QuestionProps) {
  return <span className="import-question">{said.question === 'date_order' ? <OrderSelect use={use} onChange={onChange} /> : <DecimalsSelect use={use} onChange={onChange} />}</span>
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value, label: value.replaceAll('_', ' ') }))

/** In which zone times are told that do not say it themselves. */
function ZoneSelect({ use, onChange }: Omit<QuestionProps, 'said'>) {
  const { t } = useWords()
  return <Select className="import-zone" aria-label={t('imports.zone')} showSearch={{ optionFilterProp: 'label' }} allowClear placeholder={t('imports.zone_default')} value={use.zone ?? undefined} options={ZONES} onChange={(zone) => onChange({ zone: zone ?? null })} />
}

function Option({ label, children }: { label: string; children: ReactNode }) {
  return <div className="import-option"><span>{label}</span>{children}</div>
}

/** Words of the file and what they mean here, such as 报废 for disposed. */
function ValueMap({ said, use, field, onChange }: QuestionProps & { field: TargetField }) {
  const { t } = useWords()
  const [word, setWord] = useState('')
  const values = Object.entries(use.values ?? {})
  const set = (text: string, value: string | undefined): void => onChange({ values: Object.fromEntries([...values.filter(([one]) => one !== text), ...(value === undefined ? [] : [[text, value]])]) })
  const add = (): void => { if (word.trim()) { set(word.trim(), field.choices[0]?.value); setWord('') } }
  return (
    <div className="import-values">
      <span className="import-option-name">{t('imports.values')}</span>
      {values.map(([text, value]) => (
        <span key={text} className="import-value">
          <span className="import-sample">{text}</span> →
          <Select aria-label={t('imports.value_of', { text })} value={value} options={field.choices.map((choice) => ({ value: choice.value, label: choice.title }))} onChange={(next) => set(text, next)} />
          <Button type="text" size="small" icon={<X size={13} />} aria-label={t('imports.remove', { name: text })} onClick={() => set(text, undefined)} />
        </span>
      ))}
      <span className="import-value">
        <Input value={word} list={`values-${said.column}`} placeholder={t('imports.value_word')} aria-label={t('imports.value_word')} onChange={(event) => setWord(event.target.value)} onPressEnter={add} />
        <datalist id={`values-${said.column}`}>{said.samples.map((text) => <option key={text} value={text}>{text}</option>)}</datalist>
        <Button icon={<Plus size={13} />} aria-label={t('imports.value_add')} onClick={add} />
      </span>
    </div>
  )
}

export function ColumnOptions({ said, use, field, onChange }: QuestionProps & { field: TargetField }) {
  const { t } = useWords()
  return (
    <div className="import-options">
      {DAYS.has(field.type) && <Option label={t('imports.date_order')}><OrderSelect use={use} onChange={onChange} /></Option>}
      {field.type === 'instant' && <Option label={t('imports.zone')}><ZoneSelect use={use} onChange={onChange} /></Option>}
      {NUMBERS.has(field.type) && <Option label={t('imports.decimals')}><DecimalsSelect use={use} onChange={onChange} /></Option>}
      {NUMBERS.has(field.type) && <Option label={t('imports.unit', { unit: field.unit || '-' })}><Input className="import-short" value={use.unit ?? ''} onChange={(event) => onChange({ unit: event.target.value })} /></Option>}
      {field.look_up_by.length > 0 && (
        <Option label={t('imports.look_up_by')}>
          <Select aria-label={t('imports.look_up_by')} allowClear placeholder={t('imports.look_up_any')} value={use.look_up_by || undefined} options={field.look_up_by.map((value) => ({ value, label: t(`imports.by.${value}`) }))} onChange={(next) => onChange({ look_up_by: next ?? '' })} />
        </Option>
      )}
      <Option label={t('imports.separator')}><Input className="import-short" maxLength={5} value={use.separator ?? ''} placeholder={t('imports.such_as', { text: '/' })} onChange={(event) => onChange({ separator: event.target.value })} /></Option>
      {use.separator && <Option label={t('imports.part')}><InputNumber className="import-short" min={1} max={20} value={(use.part ?? 0) + 1} onChange={(next) => onChange({ part: (next ?? 1) - 1 })} /></Option>}
      <Option label={t('imports.template')}><Input className="import-short" value={use.template ?? ''} placeholder={t('imports.such_as', { text: 'P-{}' })} onChange={(event) => onChange({ template: event.target.value })} /></Option>
      {field.choices.length > 0 && <ValueMap said={said} use={use} field={field} onChange={onChange} />}
    </div>
  )
}
