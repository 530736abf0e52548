// How the numbers of orders, assets and papers are written: a pattern for each, with what comes next.
import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { Problem, problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { DraftDialog, NumberField, PageShell, Section, useApi, useSending } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Select } from 'antd'
import { Pencil, RotateCcw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useWrites } from '../administration/writes'
import { useGrant } from '../session'

const KIND = 'identity.numbering'
const PATH = 'identity/numbering'
const TOKENS = ['{n:6}', '{n:4}', '{yyyy}', '{yy}', '{mm}']
const SETTLE = 250

interface Series {
  id: string | null
  series: string
  kind: string
  pattern: string
  default: string
  restarts: string
  is_own: boolean
  next: string
  changed_at: string | null
}

interface Draft {
  pattern: string
  restarts: string
  next_from: number | undefined
}

/** What the pattern would come to, asked again when whoever types has paused. */
function usePreview(series: string, { pattern, restarts, next_from }: Draft) {
  const api = useApi()
  const [asked, setAsked] = useState({ pattern, restarts, next_from })
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ pattern, restarts, next_from }), SETTLE)
    return () => clearTimeout(timer)
  }, [pattern, restarts, next_from])
  const params = new URLSearchParams({ series, pattern: asked.pattern, restarts: asked.restarts, ...(asked.next_from && { next_from: String(asked.next_from) }) })
  const isSettled = asked.pattern === pattern && asked.restarts === restarts && asked.next_from === next_from
  const answer = useQuery({ queryKey: [PATH, 'preview', params.toString()], queryFn: () => api.get<{ next: string[] }>(`${PATH}/preview?${params.toString()}`), enabled: asked.pattern.trim() !== '', retry: false })
  return { next: isSettled ? answer.data?.next : undefined, error: isSettled ? answer.error : null }
}

function Preview({ next, error }: { next?: string[]; error: unknown }) {
  const { t, words } = useWords()
  const said = error instanceof Problem && error.errors.length ? error.errors.map((fault) => words.first([`refusal.${fault.code}`, 'kit.problem.invalid'], factsOf(fault.facts, t))) : error ? [problemWords(words, error, KIND)] : []
  return (
    <div className="number-preview" role="status" data-bad={said.length > 0 || undefined}>
      {said.length > 0 ? said.map((text) => <p key={text}>{text}</p>) : next ? <p>{t('numbering.then')} {next.map((one) => <code key={one}>{one}</code>)} …</p> : <p className="muted">{t('kit.loading')}</p>}
    </div>
  )
}

/** Kinds of record among the facts are told by their words. */
const factsOf = (facts: Record<string, unknown> | undefined, t: (key: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(facts ?? {}).map(([key, value]) => [key, key === 'kind' ? t(`kind.${String(value)}`) : String(value)]))

function NumberForm({ row, onClose }: { row: Series; onClose: () => void }) {
  const { t } = useWords()
  const { send, api } = useWrites(KIND)
  const pattern = useRef<HTMLInputElement>(null)
  const sending = useSending<Draft>({
    initial: { pattern: row.pattern, restarts: row.restarts, next_from: undefined },
    send: (draft, keyOf) => send('set', { series: row.series, ...draft }, () => (row.is_own ? api.act(`${PATH}/set`, { series: row.series, pattern: row.pattern, restarts: row.restarts }) : api.act(`${PATH}/reset`, { series: row.series })), keyOf),
    onClose,
  })
  const { draft, set, form } = sending
  const preview = usePreview(row.series, draft)

  function insert(token: string): void {
    const field = pattern.current
    const [from, to] = [field?.selectionStart ?? draft.pattern.length, field?.selectionEnd ?? draft.pattern.length]
    const bare = token.startsWith('{n') ? draft.pattern.replace(/\{n(?::\d)?\}/, '') : draft.pattern
    const at = Math.min(from, bare.length)
    set({ pattern: bare.slice(0, at) + token + bare.slice(token.startsWith('{n') ? at : to) })
    field?.focus()
  }

  return (
    <DraftDialog title={t('numbering.of', { kind: t(`kind.${row.kind}`) })} kind={KIND} sending={sending} isReady={preview.next !== undefined}>
      <label htmlFor={`${form}-pattern`}>{t(`field.${KIND}.pattern`)}</label>
      <input id={`${form}-pattern`} ref={pattern} className="ant-input ant-input-outlined number-pattern" spellCheck={false} autoComplete="off" maxLength={60} value={draft.pattern} onChange={(event) => set({ pattern: event.target.value })} />
      <div className="number-tokens">{TOKENS.map((token) => <Button key={token} size="small" onClick={() => insert(token)}>{t(`numbering.token.${token.replace(/\W/g, '')}`)} <code>{token}</code></Button>)}</div>
      <Preview {...preview} />
      <label htmlFor={`${form}-restarts`}>{t(`field.${KIND}.restarts`)}</label>
      <Select id={`${form}-restarts`} value={draft.restarts} options={['never', 'year', 'month'].map((value) => ({ value, label: t(`choice.${KIND}.restarts.${value}`) }))} onChange={(restarts: string) => set({ restarts })} />
      <label htmlFor={`${form}-from`}>{t(`field.${KIND}.next_from`)} <span className="form-optional">{t('kit.optional')}</span></label>
      <NumberField id={`${form}-from`} label={t(`field.${KIND}.next_from`)} value={draft.next_from} onChange={(next_from) => set({ next_from })} />
      <p className="foot-note">{t('numbering.stays')}</p>
    </DraftDialog>
  )
}

function Rows({ rows }: { rows: Series[] }) {
  const { t, formats } = useWords()
  const { send, api, tried } = useWrites(KIND)
  const maySet = useGrant(`${KIND}.set`)
  const mayReset = useGrant(`${KIND}.reset`)
  const [edited, setEdited] = useState<Series | null>(null)
  const sorted = rows.toSorted((a, b) => t(`kind.${a.kind}`).localeCompare(t(`kind.${b.kind}`)))

  function reset(row: Series): void {
    tried(() => send('reset', { series: row.series }, () => api.act(`${PATH}/set`, { series: row.series, pattern: row.pattern, restarts: row.restarts })))
  }

  return (
    <>
      <ul className="rows">
        {sorted.map((row) => (
          <li key={row.series} className="setting-row" data-series={row.series}>
            <div className="setting-row-text">
              <p className="row-title">{t(`kind.${row.kind}`)}</p>
              <p className="row-sub-wrap">{t('numbering.next', { next: row.next })} · <code>{row.pattern}</code>{row.restarts !== 'never' && <> · {t('numbering.anew', { when: t(`choice.${KIND}.restarts.${row.restarts}`) })}</>}{row.changed_at && <> · {t('numbering.changed', { time: formats.dateTime(row.changed_at) })}</>}</p>
            </div>
            <div className="setting-row-acts">
              {row.is_own && mayReset && <Button size="small" icon={<RotateCcw size={13} />} onClick={() => reset(row)}>{t('numbering.usual')}</Button>}
              {maySet && <Button size="small" icon={<Pencil size={13} />} aria-label={`${t('people.edit')}: ${t(`kind.${row.kind}`)}`} onClick={() => setEdited(row)}>{t('people.edit')}</Button>}
            </div>
          </li>
        ))}
      </ul>
      {edited && <NumberForm row={edited} onClose={() => setEdited(null)} />}
    </>
  )
}

export default function NumberingPage() {
  const { t } = useWords()
  const api = useApi()
  const mayRead = useGrant('identity.numbering.read')
  const query = useQuery({ queryKey: [PATH], queryFn: () => api.get<{ rows: Series[] }>(PATH), enabled: mayRead })
  return (
    <PageShell title={t('nav.numbering')}>
      <div className="narrow-wide">
        <p className="page-intro">{t('numbering.intro')}</p>
        {!mayRead ? <Failed error={new Problem(403, {})} /> : query.error ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : !query.data ? <Loading lines={8} /> : (
          <Section isBare>{query.data.rows.length ? <Rows rows={query.data.rows} /> : <Empty title={t('kit.none')} />}</Section>
        )}
      </div>
    </PageShell>
  )
}
