// Fields that the organisation keeps of its own, by kind of record: added, changed, put in order, retired.
import '../life.css'
import './settings.css'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Problem } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { CUSTOM_MARKS, PageShell, Section, useRows, useTotals } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Select, Switch } from 'antd'
import { ArrowDown, ArrowUp, Pencil, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useWrites } from '../administration/writes'
import { useGrant } from '../session'
import { FIELD, FIELDS, useFieldKinds, type FieldKind, type FieldRow } from './data'

const FieldForm = lazy(() => import('./field-form'))

const FIRST = 'assets.asset'
const COLUMNS = ['key', 'label_en', 'label_zh', 'type', 'unit', 'group_en', 'group_zh', 'is_shared', 'archived_at', 'version']
const MOST = 200

interface LineProps {
  row: FieldRow
  isFirst: boolean
  isLast: boolean
  onEdit?: () => void
  onMove?: (step: -1 | 1) => void
  onArchive?: () => void
}

function FieldLine({ row, isFirst, isLast, onEdit, onMove, onArchive }: LineProps) {
  const { t, language } = useWords()
  const isChinese = language === 'zh-CN'
  const [name, other] = isChinese ? [row.label_zh, row.label_en] : [row.label_en, row.label_zh]
  const said = [t(`choice.${FIELD}.value_type.${row.type}`), row.unit, isChinese ? row.group_zh : row.group_en, row.is_shared && t('fields.shared')]
  return (
    <li className="setting-row" data-over={row.archived_at !== null || undefined}>
      <div className="setting-row-text">
        <p className="row-title">{name} {other !== name && <span className="muted">{other}</span>}</p>
        <p className="row-sub-wrap"><code>{row.key}</code> · {said.filter(Boolean).join(' · ')}{row.archived_at && <> · {t('fields.retired')}</>}</p>
      </div>
      <div className="setting-row-acts">
        {onMove && <button type="button" className="icon-button" disabled={isFirst} aria-label={t('fields.up', { name })} onClick={() => onMove(-1)}><ArrowUp size={15} /></button>}
        {onMove && <button type="button" className="icon-button" disabled={isLast} aria-label={t('fields.down', { name })} onClick={() => onMove(1)}><ArrowDown size={15} /></button>}
        {onArchive && <Button size="small" onClick={onArchive}>{t(row.archived_at ? 'fields.restore' : 'fields.retire')}</Button>}
        {onEdit && <Button size="small" icon={<Pencil size={13} />} aria-label={`${t('people.edit')}: ${name}`} onClick={onEdit}>{t('people.edit')}</Button>}
      </div>
    </li>
  )
}

function FieldList({ kind, isAll, onEdit }: { kind: FieldKind; isAll: boolean; onEdit: (id: string) => void }) {
  const { t } = useWords()
  const { api, act, send, tried } = useWrites(FIELD, CUSTOM_MARKS)
  const mayEdit = useGrant(`${FIELD}.edit`)
  const mayMove = useGrant(`${FIELD}.arrange`)
  const mayArchive = useGrant(`${FIELD}.archive`)
  const rows = useRows<FieldRow>(FIELDS, { filter: { field: 'kind', op: 'eq', value: kind.kind }, columns: COLUMNS, sort: 'position', limit: MOST })
  if (rows.error) return <Failed error={rows.error} onRetry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />
  const all = rows.data.rows
  const shown = all.filter((row) => isAll || row.archived_at === null)
  if (!shown.length) return <Empty title={t('fields.none')} text={t('fields.none_text')} />

  function move(row: FieldRow, step: -1 | 1): void {
    const before = all.map((one) => one.id)
    const from = before.indexOf(row.id)
    // A retired field that is not shown is no step of its own.
    const to = before.indexOf(shown[shown.indexOf(row) + step]!.id)
    const after = before.toSpliced(from, 1).toSpliced(to, 0, row.id)
    const put = (field_ids: string[]) => ({ kind: kind.kind, field_ids })
    tried(() => send('arrange', put(after), () => api.act(`${FIELDS}/arrange`, put(before))))
  }

  return (
    <ul className="rows">
      {shown.map((row, index) => (
        <FieldLine
          key={row.id}
          row={row}
          isFirst={index === 0}
          isLast={index === shown.length - 1}
          onEdit={mayEdit ? () => onEdit(row.id) : undefined}
          onMove={mayMove ? (step) => move(row, step) : undefined}
          onArchive={mayArchive ? () => tried(() => act(row.id, row.archived_at ? 'restore' : 'archive')) : undefined}
        />
      ))}
    </ul>
  )
}

function useCounts(): Map<string, number> {
  const totals = useTotals(FIELDS, { group: 'kind', columns: [] }, true)
  return new Map((totals.data?.groups ?? []).map((one) => [String(one.value), one.count]))
}

function KindFields({ kinds, chosen, onChoose }: { kinds: FieldKind[]; chosen: FieldKind; onChoose: (kind: string) => void }) {
  const { t } = useWords()
  const counts = useCounts()
  const mayCreate = useGrant(`${FIELD}.create`)
  const [edited, setEdited] = useState<string | 'new' | null>(null)
  const [isAll, setAll] = useState(false)
  const options = kinds.map(({ kind }) => ({ value: kind, label: `${t(`kind.${kind}`)}${counts.get(kind) ? ` (${counts.get(kind)})` : ''}` })).toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <div className="narrow-wide">
      <p className="page-intro">{t('fields.intro')}</p>
      <div className="setting-bar">
        <Select className="setting-bar-choice" aria-label={t(`field.${FIELD}.kind`)} showSearch={{ optionFilterProp: 'label' }} value={chosen.kind} options={options} onChange={onChoose} />
        <label className="clause-switch"><Switch size="small" checked={isAll} onChange={setAll} /> {t('fields.show_retired')}</label>
        {mayCreate && <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>{t('fields.add')}</Button>}
      </div>
      <Section isBare title={t('fields.of', { kind: t(`kind.${chosen.kind}`) })}>
        <FieldList key={chosen.kind} kind={chosen} isAll={isAll} onEdit={setEdited} />
      </Section>
      {edited && <Suspense><FieldForm key={edited} kind={chosen} id={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} /></Suspense>}
    </div>
  )
}

export default function FieldsPage() {
  const { t } = useWords()
  const { kind } = useSearch({ from: '/inside/administration/fields' })
  const navigate = useNavigate({ from: '/administration/fields' })
  const mayRead = useGrant('attach.custom.read')
  const kinds = useFieldKinds()
  const chosen = kinds.data?.kinds.find((one) => one.kind === (kind ?? FIRST)) ?? kinds.data?.kinds[0]
  return (
    <PageShell title={t('nav.fields')}>
      {!mayRead ? <Failed error={new Problem(403, {})} /> : kinds.error ? <Failed error={kinds.error} onRetry={() => void kinds.refetch()} /> : !kinds.data || !chosen ? <Loading /> : (
        <KindFields kinds={kinds.data.kinds} chosen={chosen} onChoose={(next) => void navigate({ search: { kind: next }, replace: true })} />
      )}
    </PageShell>
  )
}
