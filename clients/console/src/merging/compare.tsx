// Two records side by side: which one stays, which value each fact keeps, everything that goes along, and the way back.
import '../life.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { faultWords, Intentions, Problem, problemWords, type FieldFault, type Row } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Radio } from 'antd'
import { ArrowLeftRight, CircleCheck, TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import { useGrant } from '../session'
import { groupOf, hintOf, isMergeKey, MERGES, type MergeKind } from './kinds'
import { useUnmerge } from './unmerge'
import { FactValue } from './value'

interface FactLine {
  field: string
  merged: unknown
  stays: unknown
  becomes: unknown
}

interface Preview {
  followed: { kind: string; column: string; following: number; staying: number }[]
  facts: FactLine[]
  obstacles: FieldFault[]
}

/** The one that stays lacks it: it is taken over without asking. */
const isFilled = (line: FactLine): boolean => line.becomes === line.merged

function Heads({ merge, gone, stays }: { merge: MergeKind; gone: Row; stays: Row }) {
  const { t } = useWords()
  return (
    <div className="pair pair-heads">
      {[[gone, 'merge.goes'] as const, [stays, 'merge.stays'] as const].map(([row, key]) => (
        <div key={row.id} className="pair-side" data-stays={key === 'merge.stays' || undefined}>
          <p className="pair-role">{t(key)}</p>
          <p className="row-title">{merge.key === 'assets' ? <Link to="/assets/$id" params={{ id: row.id }}>{merge.name(row)}</Link> : merge.name(row)}</p>
          <p className="row-sub-wrap">{hintOf(merge, row)}</p>
        </div>
      ))}
    </div>
  )
}

function FactsToChoose({ merge, facts, taken, onTake }: { merge: MergeKind; facts: FactLine[]; taken: Set<string>; onTake: (field: string, isTaken: boolean) => void }) {
  const { t, words } = useWords()
  const name = (field: string): string => words.first([`field.${merge.kind}.${field}`, `column.${merge.path.replace('/', '.')}.${field}`, `field.${merge.kind}.${field.replace(/_id$/, '')}`])
  // Where the one that goes says nothing there is nothing to choose.
  const told = facts.filter((line) => line.merged !== null && line.merged !== '')
  if (!told.length) return <p className="muted">{t('merge.no_differences')}</p>
  return (
    <ul className="differences">
      {told.map((line) => {
        const asked = !isFilled(line)
        const isTaken = !asked || taken.has(line.field)
        return (
          <li key={line.field} className="difference">
            <span className="difference-name">{name(line.field)}</span>
            {asked ? (
              <Radio.Group aria-label={name(line.field)} value={isTaken} onChange={(event) => onTake(line.field, event.target.value as boolean)}>
                <Radio value={true}><FactValue kind={merge.kind} field={line.field} value={line.merged} /></Radio>
                <Radio value={false}><FactValue kind={merge.kind} field={line.field} value={line.stays} /></Radio>
              </Radio.Group>
            ) : <span className="difference-filled"><FactValue kind={merge.kind} field={line.field} value={line.merged} /> <span className="muted">{t('merge.filled')}</span></span>}
          </li>
        )
      })}
    </ul>
  )
}

function Follows({ followed }: { followed: Preview['followed'] }) {
  const { t, words } = useWords()
  if (!followed.length) return <p className="muted">{t('merge.nothing_follows')}</p>
  return (
    <table className="small-table">
      <thead><tr><th>{t('merge.what')}</th><th data-numeric="true">{t('merge.goes_along')}</th><th data-numeric="true">{t('merge.remains')}</th></tr></thead>
      <tbody>
        {followed.map((line) => {
          const role = [`field.${line.kind}.${line.column}_id`, `field.${line.kind}.${line.column}`, `column.${line.kind}s.${line.column}`].find(words.has)
          return <tr key={`${line.kind}${line.column}`}><td>{t(`kind.${line.kind}`)}{role && <span className="muted"> · {t(role)}</span>}</td><td data-numeric="true">{line.following}</td><td data-numeric="true">{line.staying}</td></tr>
        })}
      </tbody>
    </table>
  )
}

function usePair(merge: MergeKind, id: string, into: string) {
  const api = useApi()
  const read = (one: string) => ({ queryKey: ['detail', merge.path, one], queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Row>(`${merge.path}/${one}`, signal) })
  const gone = useQuery(read(id))
  const stays = useQuery(read(into))
  const preview = useQuery({ queryKey: ['detail', merge.path, id, into, 'merge_preview'], queryFn: ({ signal }) => api.get<Preview>(`${merge.path}/${id}/merge_preview?into_id=${into}`, signal) })
  return { gone, stays, preview }
}

/** Once merged, the page says so and offers the way back as long as one stays. */
function Done({ merge, gone, stays }: { merge: MergeKind; gone: Row; stays: Row }) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const unmerge = useUnmerge(merge.kind)
  const mayUndo = useGrant(`${merge.kind}.unmerge`)
  const [isBusy, setBusy] = useState(false)

  async function undo(): Promise<void> {
    setBusy(true)
    try {
      await unmerge(gone.id, stays.id)
    } catch (error) {
      toasts.bad(problemWords(words, error, merge.kind))
    }
    setBusy(false)
  }

  return (
    <Section>
      <div className="merged-done">
        <p className="good-line"><CircleCheck size={17} aria-hidden /> {t('merge.done', { gone: merge.name(gone), stays: merge.name(stays) })}</p>
        <div className="verb-bar">
          {merge.key === 'assets' && <Link to="/assets/$id" params={{ id: stays.id }}><Button type="primary" tabIndex={-1}>{t('merge.open_kept')}</Button></Link>}
          {mayUndo && <Button loading={isBusy} onClick={() => void undo()}>{t('kit.undo')}</Button>}
          <Link to="/duplicates/$kind" params={{ kind: merge.key }}><Button tabIndex={-1}>{t('merge.back')}</Button></Link>
        </div>
      </div>
    </Section>
  )
}

function Compare({ merge, id, into }: { merge: MergeKind; id: string; into: string }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const intentions = useRef(new Intentions())
  const { gone, stays, preview } = usePair(merge, id, into)
  const mayMerge = useGrant(merge.grant)
  const [taken, setTaken] = useState<Set<string>>(new Set())
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const fault = gone.error ?? stays.error
  if (fault) return <Failed error={fault} />
  if (!gone.data || !stays.data) return <Loading lines={8} />
  if (gone.data.merged_into_id === into) return <Done merge={merge} gone={gone.data} stays={stays.data} />
  if (preview.error) return <Failed error={preview.error} onRetry={() => void preview.refetch()} />
  if (!preview.data) return <Loading lines={8} />
  const { facts, followed, obstacles } = preview.data

  function take(field: string, isTaken: boolean): void {
    const next = new Set(taken)
    for (const one of groupOf(merge, field)) if (isTaken) next.add(one); else next.delete(one)
    setTaken(next)
  }

  async function send(): Promise<void> {
    setBusy(true)
    setProblem(null)
    const args = { into_id: into, take: [...taken] }
    try {
      await api.act(`${merge.path}/${id}/merge`, args, intentions.current.keyOf(id, args))
      intentions.current.done()
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.includes(id) || queryKey.includes(into) })
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }

  return (
    <>
      <Section extra={<Button type="text" icon={<ArrowLeftRight size={15} />} onClick={() => { setTaken(new Set()); void navigate({ to: '/duplicates/$kind/$id/$into', params: { kind: merge.key, id: into, into: id }, replace: true }) }}>{t('merge.swap')}</Button>} title={t('merge.which')}>
        <Heads merge={merge} gone={gone.data} stays={stays.data} />
      </Section>
      {obstacles.length > 0 && (
        <div className="banner banner-bad" role="alert">
          <TriangleAlert size={16} aria-hidden />
          <span><strong>{t('merge.obstacles')}</strong>{obstacles.map((one) => <span key={`${one.code}${JSON.stringify(one.facts)}`} className="banner-text">{faultWords(words, one, merge.kind)}</span>)}</span>
        </div>
      )}
      <Section title={t('merge.facts')}><FactsToChoose merge={merge} facts={facts} taken={taken} onTake={take} /></Section>
      <Section title={t('merge.follows')}><div className="table-wrap"><Follows followed={followed} /></div><p className="foot-note">{t('merge.history_note')}</p></Section>
      {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, merge.kind)}</div>}
      {mayMerge && <div className="verb-bar merge-acts"><Button type="primary" loading={isBusy} disabled={obstacles.length > 0} onClick={() => void send()}>{t('merge.merge_now')}</Button></div>}
    </>
  )
}

export default function ComparePage() {
  const { t } = useWords()
  const { kind, id, into } = useParams({ from: '/inside/duplicates/$kind/$id/$into' })
  if (!isMergeKey(kind)) return <Failed error={new Problem(404, {})} />
  return (
    <PageShell title={t('merge.title')} over={<Link to="/duplicates/$kind" params={{ kind }}>{t('nav.duplicates')}</Link>}>
      <div className="narrow-wide"><Compare key={`${id}${into}`} merge={MERGES[kind]} id={id} into={into} /></div>
    </PageShell>
  )
}
