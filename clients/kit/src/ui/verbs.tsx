// The verbs that a record allows now: buttons, and a small dialog where a verb needs arguments.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { ChevronDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Intentions, problemWords, type Outcome } from '../api'
import { useWords } from '../words'
import type { FieldSpec } from './fields'
import { FormDialog } from './form-dialog-later'
import { contractFields } from './contract-fields'
import { useApi, useReferences } from './provider'
import type { Values } from './record-form'
import { useStill } from './still'
import { useToasts } from './toast'

export interface VerbSpec {
  /** What to ask; from the contract when absent, nothing when empty. */
  fields?: FieldSpec[]
  /** What the dialog says above its fields. */
  intro_key?: string
  isDanger?: boolean
  /** Stands in the row of buttons; the lowest number is the main one. Without it: under "More". */
  rank?: number
  initial?: Values
  /** Typed values to arguments of the verb. */
  toArgs?: (values: Values) => object
  /** What belongs to it and has verbs of its own, done before it. */
  before?: (values: Values) => Step[]
  /** A page's own form, where a list of fields does not do. */
  open?: () => void
}

/** A verb by its address, with its arguments. */
export interface Step {
  path: string
  args: object
}

export interface VerbTarget {
  kind: string
  id: string
  version?: number
  /** Where the record lives, if its address does not follow from its kind. */
  path?: string
}

interface VerbBarProps {
  target: VerbTarget
  actions: string[]
  specs: Record<string, VerbSpec>
  onDone?: (outcome: Outcome, verb: string) => void
  /** No verb stands out: none is what the reader most likely came for. */
  isEven?: boolean
  /** On a phone the bar sticks to the bottom edge, under the thumb. */
  isSticky?: boolean
}

/** `work.order.start` and `start` both mean start. */
const verbOf = (action: string): string => action.split('.').at(-1) ?? action

/** Verbs that take another back without asking anything; closing, signing and what left the house have none. */
const INVERSES: Record<string, string> = { deactivate: 'reactivate', reactivate: 'deactivate', archive: 'restore', restore: 'archive', retire: 'reinstate', reinstate: 'retire', 'work.order.merge': 'unmerge' }
/** Where a word of the table above means something else. */
const NO_INVERSE = new Set(['assets.asset'])

export const inverseOf = (kind: string, verb: string): string | undefined => INVERSES[`${kind}.${verb}`] ?? (NO_INVERSE.has(kind) ? undefined : INVERSES[verb])

/** Does verbs one after the other under one toast; tried again, those that got through are not done twice. */
export function useSteps(touches: string) {
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const intentions = useRef(new Intentions())

  return async (steps: Step[], said?: string): Promise<Outcome | undefined> => {
    let last: Outcome | undefined
    try {
      for (const { path, args } of steps) last = await api.act(path, args, intentions.current.keyOf(path, args))
      intentions.current.done()
      if (said) toasts.good(said)
      return last
    } finally {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(touches) })
    }
  }
}

export function useVerb(target: VerbTarget, onDone?: (outcome: Outcome, verb: string) => void) {
  const api = useApi()
  const queries = useQueryClient()
  const { t } = useWords()
  const toasts = useToasts()
  const intentions = useRef(new Intentions())
  const refresh = (): Promise<void> => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(target.id) })

  async function takeBack(verb: string): Promise<void> {
    try {
      await api.verb(target.kind, target.id, verb, {}, { path: target.path })
    } finally {
      await refresh()
    }
  }

  return async (verb: string, args: object, before: Step[] = []): Promise<void> => {
    try {
      for (const step of before) await api.act(step.path, step.args, intentions.current.keyOf(step))
      const outcome = await api.verb(target.kind, target.id, verb, args, { path: target.path, key: intentions.current.keyOf(target.id, verb, args) })
      intentions.current.done()
      const inverse = inverseOf(target.kind, verb)
      const said = t(outcome.approval_id ? 'kit.verb_waits' : 'kit.verb_done', { verb: t(`verb.${target.kind}.${verb}`) })
      if (inverse && !outcome.approval_id) toasts.undoable(said, () => takeBack(inverse))
      else toasts.good(said)
      onDone?.(outcome, verb)
    } finally {
      await refresh()
    }
  }
}

/** Presses one after the other: none is lost because the one before is still on its way; a refusal or a question ends the row. */
function usePresses(act: (verb: string) => Promise<boolean>, onRefused: (error: unknown) => void) {
  const [busy, setBusy] = useState<string[]>([])
  const waiting = useRef<string[]>([])
  const latest = useRef({ act, onRefused })
  useEffect(() => {
    latest.current = { act, onRefused }
  })

  async function work(): Promise<void> {
    for (let verb = waiting.current[0]; verb !== undefined; verb = waiting.current[0]) {
      try {
        const goesOn = await latest.current.act(verb)
        waiting.current = goesOn ? waiting.current.slice(1) : []
      } catch (error) {
        waiting.current = []
        latest.current.onRefused(error)
      }
      setBusy(waiting.current)
      // The next one is done with what this one left on the page.
      await new Promise((drawn) => { setTimeout(drawn, 0) })
    }
  }

  function press(verb: string): void {
    if (waiting.current.includes(verb)) return
    waiting.current = [...waiting.current, verb]
    setBusy(waiting.current)
    if (waiting.current.length === 1) void work()
  }

  return { busy, press }
}

/** Chooses a verb: done at once where nothing is asked, else its form is opened; `form` stands somewhere on the page. */
export function useVerbChoice(target: VerbTarget, specs: Record<string, VerbSpec>, onDone?: (outcome: Outcome, verb: string) => void) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const references = useReferences()
  const [asked, setAsked] = useState<{ verb: string; spec: VerbSpec } | null>(null)
  const run = useVerb(target, onDone)
  const { busy, press } = usePresses(async (verb) => {
    const fields = specs[verb]?.fields ?? await contractFields(target.kind, verb, references, words)
    const isAsking = Boolean(fields?.length || specs[verb]?.intro_key)
    if (isAsking) setAsked({ verb, spec: { ...specs[verb], fields } })
    else await run(verb, {})
    return !isAsking
  }, (error) => toasts.bad(problemWords(words, error, target.kind)))

  function choose(verb: string): void {
    if (specs[verb]?.open) specs[verb].open()
    else press(verb)
  }

  const form = asked && (
    <FormDialog
      kind={target.kind}
      title={t(`verb.${target.kind}.${asked.verb}`)}
      submit={t(`verb.${target.kind}.${asked.verb}`)}
      intro={asked.spec.intro_key && t(asked.spec.intro_key)}
      fields={asked.spec.fields ?? []}
      initial={asked.spec.initial}
      draft={`${target.kind}.${asked.verb}.${target.id}`}
      isDanger={asked.spec.isDanger}
      onSubmit={(values) => run(asked.verb, asked.spec.toArgs?.(values) ?? values, asked.spec.before?.(values))}
      onClose={() => setAsked(null)}
    />
  )
  return { choose, busy, form }
}

export function VerbBar({ target, actions: offered, specs, onDone, isEven, isSticky }: VerbBarProps) {
  const { t } = useWords()
  const { choose, busy, form } = useVerbChoice(target, specs, onDone)
  // The row may change at any moment, by this hand or another's; a button that is being pressed stays where it is.
  const actions = useStill(offered)
  const verbs = actions.map(verbOf)
  const ranked = verbs.filter((verb) => specs[verb]?.rank !== undefined).sort((a, b) => specs[a]!.rank! - specs[b]!.rank!)
  const shown = ranked.slice(0, 2)
  const rest = verbs.filter((verb) => !shown.includes(verb))
  if (!verbs.length) return null

  const items = rest.map((verb) => ({ key: verb, label: t(`verb.${target.kind}.${verb}`), danger: specs[verb]?.isDanger }))
  return (
    <div className={isSticky ? 'verb-bar verb-bar-sticky' : 'verb-bar'}>
      {shown.toReversed().map((verb) => (
        <Button key={verb} type={verb === shown[0] && !isEven ? 'primary' : 'default'} danger={specs[verb]?.isDanger} loading={busy.includes(verb)} onClick={() => choose(verb)}>
          {t(`verb.${target.kind}.${verb}`)}
        </Button>
      ))}
      {items.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
          <Button aria-label={t('kit.more')}>{t('kit.more')} <ChevronDown size={14} aria-hidden /></Button>
        </Dropdown>
      )}
      {form}
    </div>
  )
}
