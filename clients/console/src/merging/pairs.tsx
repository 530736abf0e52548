// Records that are likely one and the same, the likeliest first, each with what says so.
import '../life.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Problem, type Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tabs } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useMe } from '../session'
import { hintOf, isMergeKey, MERGES, type MergeKey, type MergeKind } from './kinds'

const PickOther = lazy(() => import('./pick'))

interface Pair {
  score: number
  rules: string[]
  one: Row
  other: Row
}

function PairRow({ pair, merge, mayMerge }: { pair: Pair; merge: MergeKind; mayMerge: boolean }) {
  const { t, words } = useWords()
  return (
    <li className="pair">
      {[pair.one, pair.other].map((row) => (
        <div key={row.id} className="pair-side">
          <p className="row-title">{merge.key === 'assets' ? <Link to="/assets/$id" params={{ id: row.id }}>{merge.name(row)}</Link> : merge.name(row)}</p>
          <p className="row-sub-wrap">{hintOf(merge, row)}</p>
        </div>
      ))}
      <div className="pair-foot">
        <span className="muted">{t('merge.likely', { score: pair.score })} · {pair.rules.map((rule) => t(`merge.rule.${rule}`)).join(words.list)}</span>
        {mayMerge && <Link to="/duplicates/$kind/$id/$into" params={{ kind: merge.key, id: pair.other.id, into: pair.one.id }}><Button tabIndex={-1}>{t('merge.compare')}</Button></Link>}
      </div>
    </li>
  )
}

function Pairs({ merge, mayMerge }: { merge: MergeKind; mayMerge: boolean }) {
  const { t } = useWords()
  const api = useApi()
  const pairs = useQuery({ queryKey: ['list', merge.path, 'pairs'], queryFn: ({ signal }) => api.get<{ rows: Pair[]; count: number }>(merge.pairs, signal) })
  const [isPicking, setPicking] = useState(false)
  if (pairs.error) return <Failed error={pairs.error} onRetry={() => void pairs.refetch()} />
  if (!pairs.data) return <Loading />
  return (
    <div className="narrow-wide">
      <p className="pairs-head"><span className="muted">{t(`merge.intro.${merge.key}`)}</span>{mayMerge && <Button onClick={() => setPicking(true)}>{t('merge.pick_two')}</Button>}</p>
      {pairs.data.rows.length === 0 ? <Empty title={t('merge.none')} text={t('merge.none_text')} /> : (
        <ul className="rows rows-boxed">{pairs.data.rows.map((pair) => <PairRow key={`${pair.one.id}${pair.other.id}`} pair={pair} merge={merge} mayMerge={mayMerge} />)}</ul>
      )}
      {pairs.data.count > pairs.data.rows.length && <p className="foot-note">{t('merge.more', { count: pairs.data.count })}</p>}
      {isPicking && <Suspense><PickOther kind={merge.key} onClose={() => setPicking(false)} /></Suspense>}
    </div>
  )
}

export default function DuplicatePairs() {
  const { t } = useWords()
  const { kind } = useParams({ from: '/inside/duplicates/$kind' })
  const navigate = useNavigate()
  const grants = useMe()?.grants ?? []
  const open = Object.values(MERGES).filter((merge) => grants.includes(merge.read))
  if (!isMergeKey(kind)) return <Failed error={new Problem(404, {})} />
  return (
    <PageShell title={t('nav.duplicates')}>
      <Tabs
        destroyOnHidden
        activeKey={kind}
        onChange={(key) => void navigate({ to: '/duplicates/$kind', params: { kind: key as MergeKey }, replace: true })}
        items={open.map((merge) => ({ key: merge.key, label: t(`merge.kind.${merge.key}`), children: <Pairs merge={merge} mayMerge={grants.includes(merge.grant)} /> }))}
      />
    </PageShell>
  )
}
