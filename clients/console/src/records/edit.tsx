// Editing a record's plain facts; when somebody else was faster, both values are shown and a choice is asked for.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions, problemWords, Problem } from '@trunnion/kit/api'
import { customSpecs, customValues, Dialog, fieldName, FormDialog, packed, useApi, useReferenceOf, useToasts, type CustomValue, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Radio } from 'antd'
import { useRef, useState } from 'react'
import { FieldValue } from './value'
import { changedFacts, conflictsOf, type Conflict, type Facts } from './differences'

interface SettleProps {
  conflicts: Conflict[]
  onSettle: (kept: Set<string>) => Promise<void>
  onClose: () => void
}

/** Both values side by side; nothing is chosen beforehand. */
function Settle({ conflicts, onSettle, onClose }: SettleProps) {
  const { t, words } = useWords()
  const [chosen, setChosen] = useState<Record<string, 'theirs' | 'mine'>>({})
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function save(): Promise<void> {
    setBusy(true)
    try {
      await onSettle(new Set(conflicts.map((one) => one.field.key).filter((key) => chosen[key] === 'mine')))
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const isSettled = conflicts.every((one) => chosen[one.field.key])
  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" loading={isBusy} disabled={!isSettled} onClick={() => void save()}>{t('kit.save')}</Button>
    </>
  )
  return (
    <Dialog title={t('record.conflict')} onClose={onClose} foot={foot}>
      <p className="dialog-intro">{t('record.conflict_intro')}</p>
      {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem)}</div>}
      {conflicts.map(({ field, theirs, mine }) => (
        <fieldset key={field.key} className="conflict">
          <legend>{fieldName(field, words)}</legend>
          <Radio.Group value={chosen[field.key]} onChange={(event) => setChosen({ ...chosen, [field.key]: event.target.value as 'theirs' | 'mine' })}>
            <Radio value="theirs"><span className="muted">{t('record.theirs')}</span> <FieldValue field={field} value={theirs} /></Radio>
            <Radio value="mine"><span className="muted">{t('record.mine')}</span> <FieldValue field={field} value={mine} /></Radio>
          </Radio.Group>
        </fieldset>
      ))}
    </Dialog>
  )
}

interface EditProps {
  kind: string
  record: { id: string; version: number; custom?: CustomValue[] }
  fields: FieldSpec[]
  /** Where the record's own names differ from those of the edit. */
  factsOf?: (record: object) => Facts
  onClose: () => void
}

interface Clash {
  conflicts: Conflict[]
  mine: Facts
  version: number
}

export function EditRecord({ kind, record, fields: known, factsOf: plainOf = (one) => one as Facts, onClose }: EditProps) {
  const { t, language } = useWords()
  const referenceOf = useReferenceOf()
  const [own] = useState(() => customSpecs(record.custom, language, referenceOf))
  const fields = [...known, ...own]
  const factsOf = (one: object): Facts => ({ ...plainOf(one), ...customValues((one as EditProps['record']).custom) })
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const intentions = useRef(new Intentions())
  // What was seen when the form was opened: the page behind goes on changing.
  const [seen] = useState(() => ({ version: record.version, facts: factsOf(record) }))
  const [clash, setClash] = useState<Clash | null>(null)

  async function send(facts: Facts, version: number): Promise<void> {
    try {
      if (!Object.keys(facts).length) return
      const done = await api.edit(kind, record.id, version, packed(facts), intentions.current.keyOf(facts, version))
      const before = Object.fromEntries(Object.keys(facts).map((key) => [key, seen.facts[key] ?? (fields.find((field) => field.key === key)?.type.endsWith('text') ? '' : null)]))
      toasts.undoable(t('kit.verb_done', { verb: t(`verb.${kind}.edit`) }), () => takeBack(before, done.version))
    } finally {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(record.id) })
    }
  }

  async function takeBack(before: Facts, version: number): Promise<void> {
    try {
      await api.edit(kind, record.id, version, packed(before))
    } finally {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(record.id) })
    }
  }

  async function save(values: Facts): Promise<void> {
    const mine = changedFacts(fields, seen.facts, values)
    try {
      await send(mine, seen.version)
      onClose()
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error
      const now = await api.detail<{ version: number }>(kind, record.id)
      const conflicts = conflictsOf(fields, seen.facts, factsOf(now), mine)
      if (conflicts.length) return setClash({ conflicts, mine, version: now.version })
      await send(mine, now.version)
      toasts.good(t('record.both_kept'))
      onClose()
    }
  }

  async function settle({ mine, version, conflicts }: Clash, kept: Set<string>): Promise<void> {
    const open = new Set(conflicts.map((one) => one.field.key))
    await send(Object.fromEntries(Object.entries(mine).filter(([key]) => !open.has(key) || kept.has(key))), version)
    onClose()
  }

  if (clash) return <Settle conflicts={clash.conflicts} onClose={onClose} onSettle={(kept) => settle(clash, kept)} />
  const initial = Object.fromEntries(fields.map(({ key }) => [key, seen.facts[key] ?? undefined]))
  return <FormDialog kind={kind} title={t(`verb.${kind}.edit`)} fields={fields} initial={initial} keepsOpen onClose={onClose} onSubmit={save} />
}
