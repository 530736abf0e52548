// Fields that no column fills, said once for all rows.
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select } from 'antd'
import { X } from 'lucide-react'
import { freeFields, withConstant, type Mapping } from './mapping'
import type { Target, TargetField } from './targets'

interface ConstantsProps {
  target: Target
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

function ConstantInput({ field, value, onChange }: { field: TargetField; value: string; onChange: (value: string) => void }) {
  if (field.choices.length > 0) return <Select aria-label={field.title} value={value || undefined} options={field.choices.map((choice) => ({ value: choice.value, label: choice.title }))} onChange={onChange} />
  return <Input aria-label={field.title} value={value} onChange={(event) => onChange(event.target.value)} />
}

export function Constants({ target, mapping, onChange }: ConstantsProps) {
  const { t } = useWords()
  const free = freeFields(mapping, target)
  return (
    <div className="import-constants">
      <span className="import-option-name">{t('imports.constants')}</span>
      {Object.entries(mapping.constants).map(([name, value]) => {
        const field = target.fields.find((one) => one.name === name)
        if (!field) return null
        return (
          <span key={name} className="import-constant">
            <span>{field.title}</span>
            <ConstantInput field={field} value={value} onChange={(next) => onChange(withConstant(mapping, target, name, next))} />
            <Button type="text" size="small" icon={<X size={13} />} aria-label={t('imports.remove', { name: field.title })} onClick={() => onChange(withConstant(mapping, target, name, undefined))} />
          </span>
        )
      })}
      <Select aria-label={t('imports.constant_add')} placeholder={t('imports.constant_add')} value={null} options={free.map((one) => ({ value: one.name, label: one.title }))} showSearch={{ optionFilterProp: 'label' }} onChange={(name: string | null) => { if (name) onChange(withConstant(mapping, target, name, target.fields.find((one) => one.name === name)?.choices[0]?.value ?? '')) }} />
    </div>
  )
}
