// What each column means: its heading, three of its cells, the field it fills, and what is asked about it.
import { Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox, Select } from 'antd'
import { ArrowRight, CircleAlert, CircleCheck, CircleHelp, Minus, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { ColumnOptions, Question } from './column-options'
import { Constants } from './constants'
import type { ImportRun } from './data'
import { keysOf, letterOf, missingFields, meaningOf, withField, withUse, type ColumnUse, type Mapped, type Mapping, type Suggestion } from './mapping'
import { SavedMappings } from './saved-mappings'
import type { Target } from './targets'

interface MappingProps {
  run: ImportRun
  target: Target
  mapped: Mapped
  mapping: Mapping
  onChange: (mapping: Mapping) => void
  onUse: () => Promise<void>
  onSend: (args: object) => Promise<void>
  onBack: () => void
}

type Sureness = 'sure' | 'likely' | 'guessed' | 'chosen' | 'asked' | 'none'

/** What the cells leave open and nobody has said yet. */
const isAsked = (said: Suggestion, use: ColumnUse | undefined): boolean => use !== undefined && ((said.question === 'date_order' && !use.date_order) || (said.question === 'decimals' && !use.decimals))

function surenessOf(said: Suggestion, field: string | undefined, isAnswered: boolean): Sureness {
  if (!field) return 'none'
  if (said.question && !isAnswered) return 'asked'
  if (said.field !== field) return 'chosen'
  if (said.confidence >= 0.95) return 'sure'
  return said.confidence >= 0.75 ? 'likely' : 'guessed'
}

const ICONS = { sure: CircleCheck, chosen: CircleCheck, likely: CircleCheck, guessed: CircleHelp, asked: CircleAlert, none: Minus }

function Sure({ is }: { is: Sureness }) {
  const { t } = useWords()
  const Icon = ICONS[is]
  return <span className="import-sure" data-is={is}><Icon size={14} aria-hidden /> {t(`imports.sure.${is}`)}</span>
}

interface RowProps {
  said: Suggestion
  target: Target
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

function ColumnRow({ said, target, mapping, onChange }: RowProps) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const use = meaningOf(mapping, said.column)
  const field = target.fields.find((one) => one.name === use?.field)
  const isAnswered = !isAsked(said, use)
  const name = said.heading || t('imports.no_heading', { column: letterOf(said.column) })
  const taken = (one: string): string => { const other = mapping.columns.find((column) => column.field === one && column.column !== said.column); return other ? t('imports.taken_by', { column: letterOf(other.column) }) : '' }
  const options = target.fields.map((one) => ({ value: one.name, label: one.title, hint: one.required ? t('imports.required') : taken(one.name) }))
  return (
    <>
      <tr data-none={!use || undefined}>
        <td className="import-map-heading"><span className="import-letter" aria-hidden>{letterOf(said.column)}</span><span>{name}</span></td>
        <td className="import-map-samples">{said.samples.length ? said.samples.map((text) => <span key={text} className="import-sample" title={text}>{text}</span>) : <span className="muted">{t('imports.no_samples')}</span>}</td>
        <td className="import-map-target">
          <Select
            className="wide"
            aria-label={t('imports.target_of', { column: name })}
            allowClear
            showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.value}`.toLowerCase().includes(typed.toLowerCase()) }}
            placeholder={t('imports.not_imported')}
            value={use?.field}
            options={options}
            optionRender={(option) => <span className="option option-row"><span>{option.data.label}</span><span className="option-hint">{option.data.hint}</span></span>}
            onChange={(next: string | undefined) => onChange(withField(mapping, target, said.column, next ?? ''))}
          />
          {use && field?.may_create && <Checkbox checked={use.may_create ?? false} onChange={(event) => onChange(withUse(mapping, said.column, { may_create: event.target.checked }))}>{t('imports.may_create')}</Checkbox>}
          {use && said.question && field && <Question said={said} use={use} onChange={(change) => onChange(withUse(mapping, said.column, change))} />}
        </td>
        <td className="import-map-sure"><Sure is={surenessOf(said, use?.field, isAnswered)} /></td>
        <td className="import-map-more">{use && <Button type="text" icon={<Settings2 size={15} />} aria-expanded={isOpen} aria-label={t('imports.options_of', { column: name })} onClick={() => setOpen(!isOpen)} />}</td>
      </tr>
      {isOpen && use && field && <tr className="import-map-options"><td colSpan={5}><ColumnOptions said={said} use={use} field={field} onChange={(change) => onChange(withUse(mapping, said.column, change))} /></td></tr>}
    </>
  )
}

function MatchKey({ target, mapping, onChange }: Omit<RowProps, 'said'>) {
  const { t } = useWords()
  const keys = keysOf(mapping, target)
  const title = (name: string): string => target.fields.find((one) => one.name === name)?.title ?? name
  if (keys.length === 0) return <p className="muted import-hint">{t('imports.no_key', { keys: target.keys.map(title).join(' / ') })}</p>
  return (
    <label className="import-option">
      <span>{t('imports.match_on')}</span>
      <Select aria-label={t('imports.match_on')} value={mapping.match_on || keys[0]} options={keys.map((value) => ({ value, label: title(value) }))} onChange={(match_on) => onChange({ ...mapping, match_on })} />
    </label>
  )
}

export default function MappingStep({ run, target, mapped, mapping, onChange, onUse, onSend, onBack }: MappingProps) {
  const { t, words, formats } = useWords()
  const [isBusy, setBusy] = useState(false)
  const columns: Suggestion[] = mapped.suggestions.length ? mapped.suggestions : (mapped.layout.headings ?? []).map((heading, column) => ({ column, heading, field: '', confidence: 0, reason: '', question: '', samples: [] }))
  const missing = missingFields(mapping, target)
  const asked = columns.filter((one) => isAsked(one, meaningOf(mapping, one.column))).length

  async function use(): Promise<void> {
    setBusy(true)
    await onUse()
    setBusy(false)
  }

  return (
    <Section
      isBare
      title={t('imports.columns_title', { mapped: formats.number(mapping.columns.length), all: formats.number(columns.length) })}
      extra={<Button type="primary" loading={isBusy} disabled={mapping.columns.length === 0} onClick={() => void use()}>{t('imports.to_check')} <ArrowRight size={15} aria-hidden /></Button>}
    >
      <div className="import-map-bar">
        <MatchKey target={target} mapping={mapping} onChange={onChange} />
        <SavedMappings mapped={mapped} target={run.target} onKept={(name) => onSend({ kept: name })} onKeep={(name) => onSend({ mapping, keep_as: name })} />
        <button type="button" className="link-button import-layout" onClick={onBack}>{[mapped.layout.sheet, t('imports.headings_in', { row: mapped.layout.header_row ?? 1 }), mapped.layout.encoding?.toUpperCase()].filter(Boolean).join(' · ')}</button>
      </div>
      {missing.length > 0 && <p className="import-warn" role="status"><CircleAlert size={15} aria-hidden /> {t('imports.missing', { fields: missing.join(words.list) })}</p>}
      {asked > 0 && <p className="import-warn" role="status"><CircleAlert size={15} aria-hidden /> {t('imports.asked', { count: asked })}</p>}
      <div className="table-wrap">
        <table className="small-table padded import-map">
          <thead><tr><th scope="col">{t('imports.column')}</th><th scope="col">{t('imports.samples')}</th><th scope="col">{t('imports.becomes')}</th><th scope="col">{t('imports.how_sure')}</th><th scope="col" aria-label={t('imports.options')} /></tr></thead>
          <tbody>{columns.map((said) => <ColumnRow key={said.column} said={said} target={target} mapping={mapping} onChange={onChange} />)}</tbody>
        </table>
      </div>
      <Constants target={target} mapping={mapping} onChange={onChange} />
    </Section>
  )
}
