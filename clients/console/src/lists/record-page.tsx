// One record of a kind that no page is drawn for: its facts, what it allows, what sticks to it and its history.
import '../life.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Problem } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { contractFields, customFacts, Facts, PageShell, Section, StateTag, useApi, useReferences, VerbBar, type CustomValue, type FieldSpec, type VerbSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Combine, Pencil } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { MergedSection } from '../merging/around'
import { MERGES, type MergeKey } from '../merging/kinds'
import { Comments } from '../records/comments'
import type { Facts as Values } from '../records/differences'
import { EditRecord } from '../records/edit'
import { Files } from '../records/files'
import { EditableHistory, type Entry } from '../records/history'
import type { Comment, LinkedFile } from '../records/stuck'
import { FieldValue } from '../records/value'
import { useGrant } from '../session'
import { pageOf, type ListingPage } from './listings'

const PickOther = lazy(() => import('../merging/pick'))

interface Whole {
  id: string
  version: number
  state?: string
  number?: string
  code?: string
  merged_into_id?: string | null
  merged?: { id: string; name: string; merged_at: string }[]
  custom?: CustomValue[]
  files?: LinkedFile[]
  comments?: Comment[]
  actions?: string[]
  history: Entry[]
}

function nameOf(record: Whole, language: string): string {
  const said = record as unknown as Record<string, string | undefined>
  return (language === 'zh-CN' ? said.name_zh : said.name_en) ?? said.name ?? said.code ?? ''
}

/** What the verb of the contract that edits such a record takes: nothing until that is read. */
function useEditFields(kind: string): FieldSpec[] | undefined {
  const references = useReferences()
  const { words } = useWords()
  const [fields, setFields] = useState<FieldSpec[]>()
  useEffect(() => {
    void contractFields(kind, 'edit', references, words).then((found) => setFields(found.filter((field) => words.has(field.words_key))))
  }, [kind, references, words])
  return fields
}

function Known({ page, record, fields, mayEdit }: { page: ListingPage; record: Whole; fields: FieldSpec[]; mayEdit: boolean }) {
  const { t, words, formats } = useWords()
  const [isEditing, setEditing] = useState(false)
  const said = record as unknown as Values
  const isSaid = (value: unknown): boolean => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  const mark = record.number ? 'number' : 'code'
  return (
    <Section title={t('order.facts')} extra={mayEdit && <Button type="text" icon={<Pencil size={14} />} onClick={() => setEditing(true)}>{t('people.edit')}</Button>}>
      <Facts
        facts={[
          fields.every((field) => field.key !== mark) && { label: t(`field.${page.kind}.${mark}`), value: record[mark] },
          ...fields.map((field) => isSaid(said[field.key]) && { label: t(field.words_key), value: <FieldValue field={field} value={said[field.key]} /> }),
          ...customFacts(record.custom, words, formats),
        ]}
      />
      {isEditing && <EditRecord kind={page.kind} record={record} fields={fields} onClose={() => setEditing(false)} />}
    </Section>
  )
}

function MergedBanner({ page, record }: { page: ListingPage; record: Whole }) {
  const { t } = useWords()
  if (!record.merged_into_id) return null
  const [room, thing] = page.path.split('/') as [string, string]
  return (
    <div className="banner banner-plain" role="status">
      <Combine size={16} aria-hidden />
      <span>{t('merge.was_merged')} <Link to="/lists/$room/$thing/$id" params={{ room, thing, id: record.merged_into_id }}>{t('merge.open_kept')}</Link></span>
    </div>
  )
}

function One({ page, id }: { page: ListingPage; id: string }) {
  const { t, language } = useWords()
  const api = useApi()
  const [isMerging, setMerging] = useState(false)
  const isGranted = useGrant(`${page.kind}.edit`)
  const query = useQuery({ queryKey: ['detail', page.path, id], queryFn: ({ signal }) => api.detail<Whole>(page.kind, id, signal) })
  const fields = useEditFields(page.kind)
  const specs = useMemo<Record<string, VerbSpec>>(() => ({ merge: { open: () => setMerging(true) }, unmerge: { fields: [] }, archive: { fields: [] }, restore: { fields: [] } }), [])
  const record = query.data
  if (query.error && !record) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!record || !fields) return <Loading lines={10} />
  const [room, thing] = page.path.split('/') as [string, string]
  const merge = (Object.keys(MERGES) as MergeKey[]).find((key) => MERGES[key].kind === page.kind)
  const mayEdit = isGranted && !record.merged_into_id && record.actions?.includes('edit') !== false
  return (
    <PageShell
      title={nameOf(record, language)}
      over={<><Link to="/lists/$room/$thing" params={{ room, thing }}>{t(`lists.${room}.${thing}`)}</Link> <span aria-hidden>/</span> {record.number ?? record.code}</>}
      tags={record.state && <StateTag kind={page.kind} state={record.state} />}
      actions={<VerbBar isEven target={{ kind: page.kind, id, version: record.version, path: page.path }} actions={(record.actions ?? []).filter((verb) => verb !== 'edit')} specs={specs} />}
    >
      <MergedBanner page={page} record={record} />
      <div className="split">
        <div className="split-main">
          <Known page={page} record={record} fields={fields} mayEdit={mayEdit} />
          {record.files && <Section title={t('asset.documents')}><Files kind={page.kind} id={id} files={record.files} /></Section>}
          {record.comments && <Comments kind={page.kind} id={id} comments={record.comments} />}
        </div>
        <div className="split-side">
          {merge && <MergedSection kind={page.kind} id={id} merged={record.merged ?? []} />}
          <EditableHistory kind={page.kind} record={record} fields={fields} mayEdit={mayEdit} entries={record.history} />
        </div>
      </div>
      {isMerging && merge && <Suspense><PickOther kind={merge} id={id} onClose={() => setMerging(false)} /></Suspense>}
    </PageShell>
  )
}

export default function RecordPage() {
  const { room, thing, id } = useParams({ from: '/inside/lists/$room/$thing/$id' })
  const page = pageOf(`${room}/${thing}`)
  return page?.hasPages ? <One key={id} page={page} id={id} /> : <Failed error={new Problem(404, {})} />
}
