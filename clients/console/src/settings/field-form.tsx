// One field of one's own: what it is called, what it holds, where it is asked for, and whom it is for.
import { CUSTOM_MARKS, Dialog, DraftDialog, NumberField, ReferenceSelect, useReferenceOf, useReferences, useSending } from '@trunnion/kit/ui'
import { Failed, Loading } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { Button, Input, Select, Switch } from 'antd'
import { Trash2 } from 'lucide-react'
import { lazy, Suspense, type ReactNode } from 'react'
import { useWrites } from '../administration/writes'
import { useGrant } from '../session'
import { ChoiceLines } from './choice-lines'
import { FIELD, keyFrom, useDefinition, useFieldKinds, type Definition, type FieldKind } from './data'

const Preset = lazy(() => import('./field-default'))

type Draft = Omit<Definition, 'id' | 'version' | 'kind' | 'values'> & { isKeyed: boolean }

const BLANK: Draft = {
  key: '', label_en: '', label_zh: '', value_type: 'text', unit: '', refers_to: '', choices: [], required_at: [], default: null, lowest: null, highest: null, most_length: null,
  pattern: '', group_en: '', group_zh: '', narrowed_by: '', narrowed_to: [], is_shared: false, isKeyed: false,
}
const NUMBERS = new Set(['number', 'integer'])
const TEXTS = new Set(['text', 'long_text'])
const PICKS = new Set(['choice', 'choices'])
const PRESET = new Set(['text', 'number', 'integer', 'yes_no', 'choice'])

/** Only what belongs to the type is sent: a unit of a text would be refused. */
function factsOf(draft: Draft | Definition): Record<string, unknown> {
  const isNumber = NUMBERS.has(draft.value_type)
  const isText = TEXTS.has(draft.value_type)
  const zh = draft.label_zh.trim()
  const en = draft.label_en.trim()
  return {
    key: draft.key,
    value_type: draft.value_type,
    required_at: draft.required_at,
    group_en: draft.group_en,
    group_zh: draft.group_zh,
    narrowed_by: draft.narrowed_by,
    is_shared: draft.is_shared,
    label_zh: zh || en,
    label_en: en || zh,
    unit: isNumber ? draft.unit.trim() : '',
    lowest: isNumber ? draft.lowest : null,
    highest: isNumber ? draft.highest : null,
    pattern: isText && draft.pattern ? draft.pattern : null,
    most_length: isText ? draft.most_length : null,
    choices: PICKS.has(draft.value_type) ? draft.choices.map((one) => ({ ...one, label_zh: one.label_zh || one.label_en, label_en: one.label_en || one.label_zh })) : [],
    refers_to: draft.value_type === 'reference' ? draft.refers_to : '',
    default: PRESET.has(draft.value_type) && draft.default !== '' ? (draft.default ?? null) : null,
    narrowed_to: draft.narrowed_by ? draft.narrowed_to : [],
  }
}

function Line({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return <div className="setting-field"><span className="label-like">{label}</span>{children}{help && <p className="foot-note">{help}</p>}</div>
}

interface PartProps {
  draft: Draft
  set: (facts: Partial<Draft>) => void
  kind: FieldKind
  isFixed: boolean
}

function Names({ draft, set, isNew }: { draft: Draft; set: PartProps['set']; isNew: boolean }) {
  const { t, language } = useWords()
  const label = (key: string): string => t(`field.${FIELD}.${key}`)
  const names: ('label_zh' | 'label_en')[] = language === 'zh-CN' ? ['label_zh', 'label_en'] : ['label_en', 'label_zh']
  const rename = (name: 'label_zh' | 'label_en', value: string): void => set({ [name]: value, ...(isNew && !draft.isKeyed && name === 'label_en' && { key: value.trim() ? keyFrom(value, [], 'field') : '' }) })
  return (
    <>
      <div className="setting-pair">
        {names.map((name) => <Line key={name} label={label(name)}><Input aria-label={label(name)} maxLength={120} value={draft[name]} onChange={(event) => rename(name, event.target.value)} /></Line>)}
      </div>
      <Line label={label('key')} help={t('fields.key_help')}><Input aria-label={label('key')} maxLength={40} disabled={!isNew} value={draft.key} placeholder="gas_type" onChange={(event) => set({ key: event.target.value, isKeyed: true })} /></Line>
    </>
  )
}

/** What the chosen type wants to know. */
function OfType({ draft, set, isFixed }: PartProps) {
  const { t } = useWords()
  const kinds = useFieldKinds().data
  const references = useReferences()
  const label = (key: string): string => t(`field.${FIELD}.${key}`)
  const figure = (value: number | undefined): string | null => (value === undefined || Number.isNaN(value) ? null : String(value))
  const number = (value: string | null): number | undefined => (value === null ? undefined : Number(value))
  if (NUMBERS.has(draft.value_type)) {
    return (
      <div className="setting-pair">
        <Line label={label('unit')} help={t('fields.unit_help')}><Input aria-label={label('unit')} maxLength={40} disabled={isFixed} value={draft.unit} placeholder="kPa, mm, Cel" onChange={(event) => set({ unit: event.target.value })} /></Line>
        <Line label={label('lowest')}><NumberField label={label('lowest')} value={number(draft.lowest)} onChange={(value) => set({ lowest: figure(value) })} /></Line>
        <Line label={label('highest')}><NumberField label={label('highest')} value={number(draft.highest)} onChange={(value) => set({ highest: figure(value) })} /></Line>
      </div>
    )
  }
  if (TEXTS.has(draft.value_type)) {
    return (
      <div className="setting-pair">
        <Line label={label('pattern')}><Select aria-label={label('pattern')} allowClear placeholder={t('fields.any_text')} value={draft.pattern || undefined} options={(kinds?.patterns ?? []).map((value) => ({ value, label: t(`choice.${FIELD}.pattern.${value}`) }))} onChange={(pattern?: string) => set({ pattern: pattern ?? '' })} /></Line>
        <Line label={label('most_length')}><NumberField label={label('most_length')} value={draft.most_length ?? undefined} onChange={(value) => set({ most_length: value ?? null })} /></Line>
      </div>
    )
  }
  if (PICKS.has(draft.value_type)) return <Line label={label('choices')} help={t('fields.choices_help')}><ChoiceLines choices={draft.choices} onChange={(choices) => set({ choices })} /></Line>
  if (draft.value_type !== 'reference') return null
  const open = (kinds?.kinds ?? []).filter((one) => references[one.kind]).map((one) => ({ value: one.kind, label: t(`kind.${one.kind}`) }))
  return <Line label={label('refers_to')}><Select aria-label={label('refers_to')} className="wide" disabled={isFixed} value={draft.refers_to || undefined} options={open} onChange={(refers_to: string) => set({ refers_to })} /></Line>
}

function Where({ draft, set, kind }: PartProps) {
  const { t } = useWords()
  const referenceOf = useReferenceOf()
  const label = (key: string): string => t(`field.${FIELD}.${key}`)
  const verbWords = (verb: string): string => t(verb === 'always' ? `choice.${FIELD}.required_at.always` : `verb.${kind.kind}.${verb}`)
  const way = kind.narrowings.find((one) => one.name === draft.narrowed_by)
  const reference = way?.refers_to ? referenceOf(way.refers_to) : undefined
  return (
    <>
      <Line label={label('required_at')} help={t('fields.required_help')}>
        <Select aria-label={label('required_at')} className="wide" mode="multiple" placeholder={t('fields.nowhere')} value={draft.required_at} options={kind.verbs.map((value) => ({ value, label: verbWords(value) }))} onChange={(required_at: string[]) => set({ required_at })} />
      </Line>
      {kind.narrowings.length > 0 && (
        <Line label={t('fields.only_for')}>
          <div className="setting-pair">
            <Select aria-label={label('narrowed_by')} value={draft.narrowed_by} options={[{ value: '', label: t('fields.for_all', { kind: t(`kind.${kind.kind}`) }) }, ...kind.narrowings.map((one) => ({ value: one.name, label: t(`choice.${FIELD}.narrowed_by.${one.name}`) }))]} onChange={(narrowed_by: string) => set({ narrowed_by, narrowed_to: [] })} />
            {way && reference && <ReferenceSelect isMultiple label={label('narrowed_to')} spec={reference} value={draft.narrowed_to as unknown as string} onChange={(value) => set({ narrowed_to: (value as unknown as string[] | undefined) ?? [] })} />}
            {way && !reference && <Select aria-label={label('narrowed_to')} mode="multiple" value={draft.narrowed_to} options={way.choices.map((value) => ({ value, label: t(`choice.${kind.kind}.kind.${value}`) }))} onChange={(narrowed_to: string[]) => set({ narrowed_to })} />}
          </div>
        </Line>
      )}
    </>
  )
}

function More({ draft, set }: Pick<PartProps, 'draft' | 'set'>) {
  const { t } = useWords()
  const label = (key: string): string => t(`field.${FIELD}.${key}`)
  return (
    <details className="setting-more">
      <summary>{t('fields.more')}</summary>
      {PRESET.has(draft.value_type) && <Line label={label('default')}><Suspense><Preset key={draft.value_type} draft={draft} set={set} /></Suspense></Line>}
      <div className="setting-pair">
        {(['group_zh', 'group_en'] as const).map((name) => <Line key={name} label={label(name)}><Input aria-label={label(name)} maxLength={120} value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} /></Line>)}
      </div>
      <label className="clause-switch"><Switch checked={draft.is_shared} onChange={(is_shared) => set({ is_shared })} /> {label('is_shared')}</label>
    </details>
  )
}

function Form({ kind, known, onClose }: { kind: FieldKind; known?: Definition; onClose: () => void }) {
  const { t } = useWords()
  const types = useFieldKinds().data?.types ?? []
  const { create, edit, remove: takeAway, tried } = useWrites(FIELD, CUSTOM_MARKS)
  const mayRemove = useGrant(`${FIELD}.remove`)
  const sending = useSending<Draft>({
    initial: () => (known ? { ...BLANK, ...Object.fromEntries(Object.keys(BLANK).filter((name) => name in known).map((name) => [name, known[name as keyof Definition] ?? BLANK[name as keyof Draft]])) } : BLANK),
    send: async (draft, keyOf) => {
      const { key, ...facts } = factsOf(draft)
      if (!known) return void (await create({ kind: kind.kind, key: key || keyFrom(draft.label_en, [], 'field'), ...facts }, 'remove', keyOf))
      const before = factsOf(known)
      const changed = Object.fromEntries(Object.entries(facts).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])))
      if (Object.keys(changed).length) await edit(known, changed, before, keyOf)
    },
    onClose,
  })
  const { draft, set } = sending
  const isFixed = (known?.values ?? 0) > 0
  const part: PartProps = { draft, set, kind, isFixed }
  const isReady = Boolean(draft.label_zh.trim() || draft.label_en.trim()) && (draft.key !== '' || draft.label_en.trim() !== '') && (!PICKS.has(draft.value_type) || draft.choices.length > 0) && (draft.value_type !== 'reference' || draft.refers_to !== '') && (!draft.narrowed_by || draft.narrowed_to.length > 0)

  function remove(): void {
    onClose()
    tried(() => takeAway(known!.id))
  }

  return (
    <DraftDialog title={known ? t(`verb.${FIELD}.edit`) : t('fields.new_of', { kind: t(`kind.${kind.kind}`) })} kind={FIELD} sending={sending} isReady={isReady}>
      {isFixed && <p className="dialog-intro">{t('fields.has_values', { count: known!.values })}</p>}
      <Names draft={draft} set={set} isNew={!known} />
      <Line label={t(`field.${FIELD}.value_type`)}>
        <Select aria-label={t(`field.${FIELD}.value_type`)} className="wide" disabled={isFixed} value={draft.value_type} options={types.map((value) => ({ value, label: t(`choice.${FIELD}.value_type.${value}`) }))} onChange={(value_type: string) => set({ value_type, default: null })} />
      </Line>
      <OfType {...part} />
      <Where {...part} />
      <More draft={draft} set={set} />
      {known && !isFixed && mayRemove && <p><Button danger type="text" icon={<Trash2 size={14} />} onClick={remove}>{t(`verb.${FIELD}.remove`)}</Button></p>}
    </DraftDialog>
  )
}

export default function FieldForm({ kind, id, onClose }: { kind: FieldKind; id?: string; onClose: () => void }) {
  const { t } = useWords()
  const known = useDefinition(id)
  if (id && !known.data) {
    return <Dialog title={t(`verb.${FIELD}.edit`)} onClose={onClose} foot={<Button onClick={onClose}>{t('kit.cancel')}</Button>}>{known.error ? <Failed error={known.error} /> : <Loading lines={6} />}</Dialog>
  }
  return <Form kind={kind} known={known.data} onClose={onClose} />
}

