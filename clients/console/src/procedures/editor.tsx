// The steps of a draft: chosen, written, moved by hand or by keys; beside them the phone as it will be.
import { useQueryClient } from '@tanstack/react-query'
import { faultWords, Problem, problemWords, type FieldFault } from '@trunnion/kit/api'
import { Empty } from '@trunnion/kit/plain'
import { Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { ArrowDown, ArrowUp, Copy, GitBranch, Plus, Trash2 } from 'lucide-react'
import { useEffect, useState, type KeyboardEvent } from 'react'
import type { LinkedFile } from '../records/stuck'
import { blank, freeKey, moved, PROCEDURES, VERSION, VERSIONS, type Step, type Version } from './data'
import { Preview } from './preview'
import { StepForm } from './step-form'

/** The step that a fault is about; those of the whole have none. */
const placeOf = (fault: FieldFault): number | null => {
  const found = /^\/steps\/(\d+)/.exec(fault.pointer)
  return found ? Number(found[1]) : null
}

interface CardProps {
  step: Step
  index: number
  count: number
  isOpen: boolean
  faults: FieldFault[]
  onOpen: () => void
  onMove: (by: number) => void
  onCopy: () => void
  onDrop: () => void
}

function Card({ step, index, count, isOpen, faults, onOpen, onMove, onCopy, onDrop }: CardProps) {
  const { t, words } = useWords()
  const name = step.title || t('procedure.untitled')
  const keys = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  const icon = (label: string, Icon: typeof Copy, act: () => void, isOff = false) => <button type="button" className="icon-button" aria-label={`${label}: ${name}`} title={label} disabled={isOff} onClick={act}><Icon size={15} /></button>
  return (
    <div className="step-card" data-open={isOpen || undefined} data-bad={faults.length > 0 || undefined}>
      <button type="button" className="step-name" id={`step-${step.key}`} aria-expanded={isOpen} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onClick={onOpen} onKeyDown={keys}>
        <span className="step-number">{index + 1}</span>
        <span className="step-words"><span className="row-title">{name}</span><span className="row-sub-wrap">{[t(`choice.work.task.asks.${step.asks}`), step.repeats > 1 && `×${step.repeats}`].filter(Boolean).join(' · ')}</span></span>
        {step.when.length > 0 && <GitBranch size={15} aria-label={t('field.knowledge.step.when')} />}
      </button>
      <span className="step-acts">
        {icon(t('procedure.up'), ArrowUp, () => onMove(-1), index === 0)}
        {icon(t('procedure.down'), ArrowDown, () => onMove(1), index === count - 1)}
        {icon(t('procedure.copy'), Copy, onCopy)}
        {icon(t('procedure.drop'), Trash2, onDrop)}
      </span>
      {faults.length > 0 && <ul className="step-faults" role="alert">{faults.map((fault) => <li key={fault.pointer + fault.code}>{faultWords(words, fault, VERSION)}</li>)}</ul>}
    </div>
  )
}

/** Steps that are written but not yet sent; leaving the page with them is asked about. */
function useSteps(version: Version) {
  const [steps, setSteps] = useState<Step[]>(version.steps)
  const [change, setChange] = useState(version.change)
  const isChanged = JSON.stringify([steps, change]) !== JSON.stringify([version.steps, version.change])
  useEffect(() => {
    if (!isChanged) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [isChanged])
  return { steps, setSteps, change, setChange, isChanged }
}

export default function Editor({ version, name, procedureId, files }: { version: Version; name: string; procedureId: string; files: LinkedFile[] }) {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const queries = useQueryClient()
  const { steps, setSteps, change, setChange, isChanged } = useSteps(version)
  const [open, setOpen] = useState<string | null>(null)
  const [faults, setFaults] = useState<FieldFault[]>([])
  const [isBusy, setBusy] = useState(false)
  const sections = [...new Set(steps.map((step) => step.section).filter(Boolean))]

  const put = (index: number, step: Step): void => setSteps((now) => now.map((one, at) => (at === index ? step : one)))
  function add(step: Step, at: number): void {
    setSteps((now) => [...now.slice(0, at), step, ...now.slice(at)])
    setOpen(step.key)
  }
  function move(index: number, by: number): void {
    const key = steps[index]!.key
    setSteps((now) => moved(now, index, by))
    // The focus goes along, so that it can be moved on.
    requestAnimationFrame(() => document.getElementById(`step-${key}`)?.focus())
  }
  async function save(): Promise<void> {
    setBusy(true)
    setFaults([])
    try {
      await api.act(`${VERSIONS}/${version.id}/write`, { steps, change })
      toasts.good(t('kit.verb_done', { verb: t(`verb.${VERSION}.write`) }))
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(PROCEDURES) || queryKey.includes(procedureId) })
    } catch (error) {
      if (error instanceof Problem) setFaults(error.errors)
      toasts.bad(problemWords(words, error, VERSION))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="procedure-desk">
      <Section
        title={<>{t('procedure.steps')}<span className="section-count">{steps.length}</span></>}
        extra={<span className="editor-acts">{isChanged && <span className="muted">{t('procedure.unsaved')}</span>}<Button type="primary" loading={isBusy} disabled={!isChanged} onClick={() => void save()}>{t(`verb.${VERSION}.write`)}</Button></span>}
      >
        {steps.length === 0 && <Empty title={t('procedure.no_steps')} text={t('procedure.no_steps_text')} />}
        {faults.filter((fault) => placeOf(fault) === null).map((fault) => <p key={fault.pointer} className="form-problem" role="alert">{faultWords(words, fault, VERSION)}</p>)}
        <ol className="step-list">
          {steps.map((step, index) => (
            <li key={step.key}>
              {step.section && step.section !== steps[index - 1]?.section && <h3 className="sub-title">{step.section}</h3>}
              <Card
                step={step} index={index} count={steps.length} isOpen={open === step.key} faults={faults.filter((fault) => placeOf(fault) === index)}
                onOpen={() => setOpen(open === step.key ? null : step.key)}
                onMove={(by) => move(index, by)}
                onCopy={() => add({ ...step, key: freeKey(steps) }, index + 1)}
                onDrop={() => setSteps((now) => now.filter((_, at) => at !== index))}
              />
              {open === step.key && <StepForm step={step} earlier={steps.slice(0, index)} sections={sections} files={files} onChange={(next) => put(index, next)} />}
            </li>
          ))}
        </ol>
        <Button className="step-add" icon={<Plus size={15} />} onClick={() => add(blank(steps, steps.at(-1)?.section ?? ''), steps.length)}>{t('procedure.add_step')}</Button>
        <label className="step-change"><span className="label-like">{t(`field.${VERSION}.change`)}</span><Input maxLength={500} value={change} onChange={(event) => setChange(event.target.value)} /></label>
        <p className="foot-note">{t('procedure.keys')}</p>
      </Section>
      <Preview steps={steps} name={name} />
    </div>
  )
}
