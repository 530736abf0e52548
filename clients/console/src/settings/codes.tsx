// Failure codes: what was observed, the process behind it, its cause, how it was noticed, what was done; in one's own words.
import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Problem, type Filter } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { DataTable, PageShell, useApi, useRows, type ListState } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useWrites } from '../administration/writes'
import { CODE_LISTS } from '../orders/data'
import { useGrant } from '../session'
import { CODE, CODES } from './data'

const ClassChoice = lazy(() => import('./class-choice'))
const CodeForm = lazy(() => import('./code-form'))

/** The codes that a failure of this class of equipment is offered, as a condition. */
function useOfClass(list: string, code: string | undefined): { filter?: Filter; isPending: boolean } {
  const api = useApi()
  const offered = useQuery({ queryKey: [CODES, 'offered', code], queryFn: () => api.get<Record<string, { id: string }[]>>(`${CODES}/offered?class_code=${encodeURIComponent(code!)}`), enabled: code !== undefined })
  const only: Filter = { field: 'list', op: 'eq', value: list }
  if (!code) return { filter: only, isPending: false }
  return { filter: { and: [only, { field: 'id', op: 'in', value: (offered.data?.[list] ?? []).map((one) => one.id) }] }, isPending: !offered.data }
}

function CodeTable({ list, classCode, onOpen }: { list: string; classCode: string | undefined; onOpen: (id: string) => void }) {
  const { language } = useWords()
  const [state, setState] = useState<ListState>({})
  const mayEdit = useGrant(`${CODE}.edit`)
  const { filter, isPending } = useOfClass(list, classCode)
  const names = language === 'zh-CN' ? ['name_zh', 'name_en'] : ['name_en', 'name_zh']
  if (isPending) return <Loading lines={8} />
  return (
    <DataTable
      listing={CODES}
      state={state}
      onState={setState}
      baseFilter={filter}
      columns={['code', ...names, 'notation', 'standing', 'is_shipped', 'archived_at']}
      lead={names[0]!}
      link={(row, content) => (mayEdit ? <button type="button" className="link-button" onClick={() => onOpen(row.id)}>{content}</button> : content)}
    />
  )
}

function Codes() {
  const { t } = useWords()
  const search = useSearch({ from: '/inside/administration/codes' })
  const navigate = useNavigate({ from: '/administration/codes' })
  const list = CODE_LISTS.find((one) => one === search.list) ?? CODE_LISTS[0]!
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <>
      <div className="setting-bar codes-bar">
        <p className="page-intro">{t('codes.intro')}</p>
        <Suspense fallback={<span className="setting-bar-choice" />}><ClassChoice value={search.class} onChange={(code) => void navigate({ search: { ...search, class: code }, replace: true })} /></Suspense>
      </div>
      <nav className="code-lists" aria-label={t('nav.codes')}>
        {CODE_LISTS.map((key) => <Link key={key} to="/administration/codes" search={{ ...search, list: key }} replace aria-current={key === list ? 'page' : undefined}>{t(`choice.${CODE}.list.${key}`)}</Link>)}
      </nav>
      <CodeTable key={list} list={list} classCode={search.class} onOpen={setOpened} />
      {opened && <Suspense><CodeForm id={opened} list={list} onClose={() => setOpened(null)} /></Suspense>}
    </>
  )
}

/** Codes that came with the software and are not there yet. */
function Seed() {
  const { t } = useWords()
  const { send, tried } = useWrites(CODE)
  const maySeed = useGrant(`${CODE}.seed`)
  const known = useRows(CODES, { limit: 1 }).data?.rows
  if (!maySeed || known?.length !== 0) return null
  return <Button onClick={() => tried(() => send('seed', {}))}>{t(`verb.${CODE}.seed`)}</Button>
}

export default function CodesPage() {
  const { t } = useWords()
  const { list } = useSearch({ from: '/inside/administration/codes' })
  const mayRead = useGrant(`${CODE}.read`)
  const mayCreate = useGrant(`${CODE}.create`)
  const [isAdding, setAdding] = useState(false)
  const actions = mayRead && <><Seed />{mayCreate && <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t(`verb.${CODE}.create`)}</Button>}</>
  return (
    <PageShell isFilling title={t('nav.codes')} actions={actions}>
      {mayRead ? <Codes /> : <Failed error={new Problem(403, {})} />}
      {isAdding && <Suspense><CodeForm list={list ?? CODE_LISTS[0]!} onClose={() => setAdding(false)} /></Suspense>}
    </PageShell>
  )
}
