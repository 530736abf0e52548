// A dialog whose fields a page draws itself: what is typed so far, whether it is on its way, what was refused.
import { Button } from 'antd'
import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { faultWords, fieldOf, Intentions, Problem, problemWords } from '../api'
import { useWords } from '../words'
import { Dialog } from './dialog'

export interface Sending<D> {
  draft: D
  set: (facts: Partial<D>) => void
  form: string
  isBusy: boolean
  problem: unknown
  submit: (event: FormEvent) => void
  onClose: () => void
}

interface SendingOptions<D> {
  initial: D | (() => D)
  /** The same draft keeps its key while it is tried again. */
  send: (draft: D, keyOf: Intentions['keyOf']) => Promise<unknown>
  onClose: () => void
}

/** Sends a draft, closes when it was taken, and says what was refused when it was not. */
export function useSending<D extends object>({ initial, send, onClose }: SendingOptions<D>): Sending<D> {
  const form = useId()
  const intentions = useRef(new Intentions())
  const [draft, setDraft] = useState<D>(initial)
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function go(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await send(draft, (...parts) => intentions.current.keyOf(...parts))
      onClose()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isBusy) void go()
  }
  return { draft, set: (facts) => setDraft((now) => ({ ...now, ...facts })), form, isBusy, problem, submit, onClose }
}

interface DraftDialogProps {
  title: string
  /** The kind of record that it is about, for the words of refusals. */
  kind?: string
  sending: Pick<Sending<never>, 'form' | 'isBusy' | 'problem' | 'submit' | 'onClose'>
  isReady: boolean
  /** What the sending button says; "Save" when absent. */
  label?: string
  children: ReactNode
}

/** What was refused as a whole, and below it each field with its reason. */
function Refused({ problem, kind = '' }: { problem: unknown; kind?: string }) {
  const { words } = useWords()
  const faults = problem instanceof Problem ? problem.errors : []
  const nameOf = (place: string): string => {
    const key = `field.${kind}.${place.split('.')[0]}`
    return words.has(key) ? `${words.t(key)}: ` : ''
  }
  return (
    <div className="form-problem" role="alert">
      {problemWords(words, problem, kind)}
      {faults.length > 0 && <ul className="form-faults">{faults.map((fault) => <li key={`${fault.pointer}${fault.code}`}>{nameOf(fieldOf(fault))}{faultWords(words, fault, kind)}</li>)}</ul>}
    </div>
  )
}

export function DraftDialog({ title, kind, sending, isReady, label, children }: DraftDialogProps) {
  const { t } = useWords()
  const foot = (
    <>
      <Button onClick={sending.onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" htmlType="submit" form={sending.form} loading={sending.isBusy} disabled={!isReady}>{label ?? t('kit.save')}</Button>
    </>
  )
  return (
    <Dialog title={title} onClose={sending.onClose} foot={foot}>
      <form id={sending.form} className="stacked" onSubmit={sending.submit}>
        {sending.problem !== null && <Refused problem={sending.problem} kind={kind} />}
        {children}
      </form>
    </Dialog>
  )
}
