// The choices of a field: each with its words in both languages; one that records have is retired, not removed.
import type { CustomChoice } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { EyeOff, Plus, RotateCcw, X } from 'lucide-react'
import { keyFrom } from './data'

interface LinesProps {
  choices: CustomChoice[]
  onChange: (choices: CustomChoice[]) => void
}

export function ChoiceLines({ choices, onChange }: LinesProps) {
  const { t } = useWords()
  const put = (at: number, facts: Partial<CustomChoice>): void => onChange(choices.with(at, { ...choices[at]!, ...facts }))
  const add = (): void => onChange([...choices, { value: keyFrom('', choices.map((one) => one.value), `choice_${choices.length + 1}`), label_zh: '', label_en: '', is_archived: false }])
  return (
    <div className="choice-lines">
      {choices.map((one, at) => {
        const name = one.label_en || one.label_zh || String(at + 1)
        return (
          <div key={one.value} className="choice-line" data-over={one.is_archived || undefined}>
            <Input aria-label={`${t('settings.zh')} ${at + 1}`} placeholder={t('settings.zh')} maxLength={120} value={one.label_zh} onChange={(event) => put(at, { label_zh: event.target.value })} />
            <Input aria-label={`${t('settings.en')} ${at + 1}`} placeholder={t('settings.en')} maxLength={120} value={one.label_en} onChange={(event) => put(at, { label_en: event.target.value })} />
            <button type="button" className="icon-button" aria-label={`${t(one.is_archived ? 'fields.restore' : 'fields.retire')}: ${name}`} onClick={() => put(at, { is_archived: !one.is_archived })}>{one.is_archived ? <RotateCcw size={14} /> : <EyeOff size={14} />}</button>
            <button type="button" className="icon-button" aria-label={`${t('fields.drop_choice')}: ${name}`} onClick={() => onChange(choices.toSpliced(at, 1))}><X size={14} /></button>
          </div>
        )
      })}
      <Button type="dashed" icon={<Plus size={14} />} onClick={add}>{t('fields.add_choice')}</Button>
    </div>
  )
}
