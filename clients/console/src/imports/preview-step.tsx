// What would become of every row: counted, filtered, mended on the spot, then written.
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox } from 'antd'
import { CircleAlert, CircleCheck, Download, ListChecks, RotateCw, Undo2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { IMPORT, IMPORTS, type ImportRun } from './data'
import { Grid, type GridColumn, type GridHandle } from './grid'
import { useGrid, type GridRow, type Verdict } from './grid-data'
import { Inspector } from './inspector'
import { meaningOf, type Layout, type Mapping } from './mapping'
import { RowCards } from './row-cards'
import type { Marked } from './selection'
import type { Target } from './targets'

interface PreviewProps {
  run: ImportRun
  target: Target
  mapping: Mapping
  layout: Layout
  onApply: () => Promise<void>
  onBack: () => void
}

type Shown = '' | Verdict
const START: Marked = { at: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } }
const NARROW = '(max-width: 720px)'

function useNarrow(): boolean {
  return useSyncExternalStore((tell) => {
    const media = matchMedia(NARROW)
    media.addEventListener('change', tell)
    return () => media.removeEventListener('change', tell)
  }, () => matchMedia(NARROW).matches)
}

function Counts({ run, shown, onShow }: { run: ImportRun; shown: Shown; onShow: (shown: Shown) => void }) {
  const { t, formats } = useWords()
  const counts: [Shown, number][] = [['', run.rows], ['new', run.new], ['changed', run.changed], ['same', run.same], ['error', run.errors], ...(run.left_out > 0 ? [['left_out', run.left_out] as [Shown, number]] : [])]
  return (
    <div className="import-counts" role="group" aria-label={t('imports.filter')}>
      {counts.map(([key, count]) => (
        <button key={key} type="button" className="import-count" data-verdict={key || 'all'} aria-pressed={shown === key} onClick={() => onShow(key)}>
          <span className="import-count-value">{formats.number(count)}</span>
          <span>{t(`imports.verdict.${key || 'all'}`)}</span>
        </button>
      ))}
    </div>
  )
}

const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 13.5 : 8.3), 0)

function useColumns(target: Target, mapping: Mapping, layout: Layout, rows: GridRow[], isAll: boolean): GridColumn[] {
  // Measured once, on the first rows: columns that move while one types are no help.
  const [measured, setMeasured] = useState<GridRow[]>([])
  if (measured.length === 0 && rows.length > 0) setMeasured(rows.slice(0, 80))
  return useMemo(() => (layout.headings ?? []).flatMap((heading, column): GridColumn[] => {
    const use = meaningOf(mapping, column)
    const field = target.fields.find((one) => one.name === use?.field)
    if (!field && !isAll) return []
    const longest = Math.max(widthOf(heading), widthOf(field?.title ?? '') + 12, ...measured.map((row) => widthOf(row.cells[column] ?? '')))
    return [{ column, heading, field, width: Math.round(Math.min(280, Math.max(84, longest + 24))) }]
  }), [target, mapping, layout, measured, isAll])
}

/** The next cell that is wrong, from the marked one on; after the last it begins anew. */
function nextError(rows: GridRow[], columns: GridColumn[], from: Marked, step: 1 | -1): Marked | null {
  const total = rows.length * columns.length
  let flat = from.at.row * columns.length + from.at.column
  for (let tried = 0; tried < total; tried += 1) {
    flat = (flat + step + total) % total
    const [row, at] = [rows[Math.floor(flat / columns.length)]!, flat % columns.length]
    if (row.verdict === 'error' && row.reasons.some((one) => one.severity === 'error' && (one.column === columns[at]!.column || (one.column === null && at === 0)))) {
      const place = { row: Math.floor(flat / columns.length), column: at }
      return { at: place, anchor: place }
    }
  }
  return null
}

export default function PreviewStep({ run, target, mapping, layout, onApply, onBack }: PreviewProps) {
  const { t, words, formats } = useWords()
  const toasts = useToasts()
  const isNarrow = useNarrow()
  const [shown, setShown] = useState<Shown>(run.errors > 0 ? 'error' : '')
  const [isAll, setAll] = useState(false)
  const [marked, setMarked] = useState(START)
  const [isBusy, setBusy] = useState(false)
  const grid = useRef<GridHandle>(null)
  const data = useGrid(run.id, shown, (fault) => toasts.bad(problemWords(words, fault, IMPORT)))
  const columns = useColumns(target, mapping, layout, data.rows, isAll)
  const writes = run.new + run.changed
  const isFirst = useRef(true)

  useEffect(() => {
    // The first cell that is wrong is marked as soon as there is one.
    if (!isFirst.current || data.rows.length === 0) return
    isFirst.current = false
    const last = { row: data.rows.length - 1, column: columns.length - 1 }
    setMarked(nextError(data.rows, columns, { at: last, anchor: last }, 1) ?? START)
  }, [data.rows, columns])

  function show(next: Shown): void {
    isFirst.current = true
    setMarked(START)
    setShown(next)
  }

  function jump(step: 1 | -1): void {
    const found = nextError(data.rows, columns, marked, step)
    if (found) setMarked(found)
    grid.current?.focus()
  }

  async function apply(): Promise<void> {
    setBusy(true)
    await onApply()
    setBusy(false)
  }

  const place: Marked = marked.at.row < data.rows.length && marked.at.column < columns.length ? marked : START
  const isMended = shown === 'error' && run.errors === 0 && data.rows.length > 0
  const foot = (
    <div className="import-foot">
      <p className="import-foot-text" role="status" data-parks={run.errors > 0 || undefined}>
        {data.isSaving ? <><RotateCw size={14} className="turning" aria-hidden /> {t('imports.saving')}</> : <>{run.errors > 0 ? <CircleAlert size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />} {run.errors > 0 ? t('imports.parks', { count: formats.number(run.errors) }) : t('imports.all_good')}</>}
      </p>
      {run.errors > 0 && <Button href={`/api/${IMPORTS}/${run.id}/errors`} icon={<Download size={15} />}>{t('cobie.error_file')}</Button>}
      <Button type="primary" size="large" loading={isBusy} disabled={writes === 0 || data.isSaving || !run.actions.includes('apply')} onClick={() => void apply()}>{writes === 0 ? t('imports.nothing_to_write') : t('imports.apply', { count: formats.number(writes) })}</Button>
    </div>
  )
  return (
    <div className="import-preview">
      <Counts run={run} shown={shown} onShow={show} />
      {run.errors === 0 && run.new === 0 && run.changed === 0 && run.same > 0 && <p className="good-line import-hint"><CircleCheck size={16} aria-hidden /> {t('imports.all_same')}</p>}
      <div className="import-tools">
        <Button size="small" type="text" onClick={onBack}>{t('imports.back_to_columns')}</Button>
        {run.errors > 0 && !(isNarrow && shown === 'error') && <Button size="small" icon={<ListChecks size={14} />} onClick={() => (shown !== 'error' ? show('error') : jump(1))}>{t('imports.next_error')} <kbd className="wide-only">F8</kbd></Button>}
        <Button size="small" type="text" icon={<Undo2 size={14} />} disabled={!data.canUndo} onClick={data.undo}>{t('kit.undo')}</Button>
        {isMended && <span className="good-line"><CircleCheck size={15} aria-hidden /> {t('imports.all_mended')}</span>}
        <Checkbox className="wide-only import-all" checked={isAll} onChange={(event) => setAll(event.target.checked)}>{t('imports.show_all_columns')}</Checkbox>
        <span className="muted wide-only import-keys">{t('imports.keys')}</span>
      </div>
      {data.error ? <Failed error={data.error} onRetry={data.reload} />
        : data.isLoading ? <Loading lines={10} />
        : data.rows.length === 0 ? <Empty title={t(shown === 'error' ? 'imports.no_errors' : 'imports.no_rows')} />
        : isNarrow ? <RowCards data={data} columns={columns} />
        : <><Grid data={data} columns={columns} marked={place} onMark={setMarked} onNextError={jump} handle={grid} /><Inspector data={data} row={data.rows[place.at.row]} column={columns[place.at.column]} /></>}
      {foot}
    </div>
  )
}
