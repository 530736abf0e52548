// The label studio: for which records, by which template, from which place of the sheet, on which printer; then a file.
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { NumberField, PageShell, ReferenceSelect, Section, useApi, useRows, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Segmented, Select } from 'antd'
import { Printer as PrinterIcon, ScanLine, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { assetReference } from '../assets/references'
import { useGrant } from '../session'
import './labels.css'
import { PRINTS, sheetsOf, type Choices, type Design, type Print, type Template } from './data'
import { LANGUAGES, TEMPLATES, TemplateDialog } from './dialogs'
import { brought, FEW } from './marked'
import { LabelPicture, SheetMap } from './preview'
import { PrinterChoice } from './printers'

const BindCode = lazy(() => import('./bind'))
const PastPrints = lazy(async () => ({ default: (await import('./past')).PastPrints }))
const ReadyPrint = lazy(async () => ({ default: (await import('./past')).ReadyPrint }))

type For = 'assets.asset' | 'assets.qr'

function Line({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return (
    <div className="label-line">
      <span className="label-line-name" aria-hidden>{label}</span>
      {children}
      {help && <p className="muted">{help}</p>}
    </div>
  )
}

/** Shipped templates and those of the organisation, as one list. */
function useDesigns(kind: For, choices: Choices | undefined, chosen: string): { designs: { key: string; name: string; isOwn: boolean; medium: string }[]; design: Design | undefined; error: unknown } {
  const api = useApi()
  const own = useRows(TEMPLATES, { limit: 200, filter: { field: 'kind', op: 'eq', value: kind } as never, columns: ['id', 'name', 'medium'] })
  const isOwn = own.data?.rows.some((row) => row.id === chosen) ?? false
  const template = useQuery({ queryKey: ['record', TEMPLATES, chosen], queryFn: () => api.get<Template>(`${TEMPLATES}/${chosen}`), enabled: isOwn })
  const preset = choices?.presets.find((one) => one.key === chosen)
  const made = template.data
  const design: Design | undefined = preset ? { ...preset, isOwn: false } : made && made.id === chosen ? { key: made.id, name: made.name, medium: made.medium, stock: (made.sheet ?? made.roll)!, content: made.content, isOwn: true } : undefined
  const designs = [
    ...(choices?.presets ?? []).map((one) => ({ key: one.key, name: one.name, medium: one.medium as string, isOwn: false })),
    ...(own.data?.rows ?? []).map((row) => ({ key: row.id, name: String(row.name), medium: String(row.medium), isOwn: true })),
  ]
  return { designs, design, error: own.error ?? template.error }
}

export default function Studio() {
  const { t, words, formats } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const marked = useSearch({ from: '/inside/labels' })
  const may = { create: useGrant('attach.label_template.create'), remove: useGrant('attach.label_template.remove'), blank: useGrant('assets.qr.issue_blank'), bind: useGrant('assets.qr.bind'), print: useGrant('attach.label.print') }
  const [kind, setKind] = useState<For>('assets.asset')
  const [isBinding, setBinding] = useState(false)
  const [ids, setIds] = useState<string[]>(() => brought(marked))
  const [count, setCount] = useState<number | undefined>(24)
  const [chosen, setChosen] = useState('a4_3x7')
  const [start, setStart] = useState(1)
  const [copies, setCopies] = useState<number | undefined>(1)
  const [printer, setPrinter] = useState<string | undefined>()
  const [language, setLanguage] = useState<string | undefined>()
  const [form, setForm] = useState<'pdf' | 'zpl'>('pdf')
  const [isMaking, setMaking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [print, setPrint] = useState<Print | null>(null)
  const choices = useQuery({ queryKey: ['label-choices', words.language], queryFn: () => api.get<Choices>(`${TEMPLATES}/choices`) })
  const { designs, design, error } = useDesigns(kind, choices.data, chosen)
  const run = useSteps(PRINTS)
  const failed = choices.error ?? error

  if (failed) return <PageShell title={t('nav.labels')}><Failed error={failed} onRetry={() => void choices.refetch()} /></PageShell>
  if (!choices.data) return <PageShell title={t('nav.labels')}><Loading lines={8} /></PageShell>
  const fields = choices.data.kinds.find((one) => one.kind === kind)?.fields ?? []
  const isSheet = design?.medium === 'sheet'
  const labels = (kind === 'assets.qr' ? (count ?? 0) : ids.length) * (copies ?? 0)

  function choose(key: string): void {
    setChosen(key)
    setStart(1)
    setForm('pdf')
  }

  async function make(): Promise<void> {
    if (!design) return
    if (kind === 'assets.asset' && ids.length === 0) return toasts.bad(t('labels.choose_assets'))
    setBusy(true)
    try {
      let wanted = ids
      if (kind === 'assets.qr') wanted = (await run([{ path: 'assets/qr/issue_blank', args: { count } }]) as unknown as { ids: string[] }).ids
      const made = await run([{ path: 'attach/labels/print', args: { kind, ids: wanted, [design.isOwn ? 'template_id' : 'preset']: design.key, start: isSheet ? start : 1, copies, form, ...(printer && { printer_id: printer }), ...(language && { language }) } }])
      setPrint(made as unknown as Print)
    } catch (problem) {
      toasts.bad(problemWords(words, problem, 'attach.label_template'))
    } finally {
      setBusy(false)
    }
  }

  async function remove(): Promise<void> {
    try {
      await run([{ path: `${TEMPLATES}/${chosen}/remove`, args: {} }], t('kit.verb_done', { verb: t('verb.attach.label_template.remove') }))
      choose('a4_3x7')
    } catch (problem) {
      toasts.bad(problemWords(words, problem))
    }
  }

  const group = (label: string, shown: typeof designs) => ({ label, options: shown.map((one) => ({ value: one.key, label: one.name })) })
  return (
    <PageShell title={t('nav.labels')} actions={<>{may.bind && <Button icon={<ScanLine size={15} />} onClick={() => setBinding(true)}>{t('labels.bind_printed')}</Button>}{may.print && <Button type="primary" icon={<PrinterIcon size={16} />} loading={isBusy} disabled={!design || labels === 0} onClick={() => void make()}>{t('labels.print')}</Button>}</>}>
      <div className="label-studio">
        <div>
          {print && <Suspense fallback={<Loading lines={1} />}><ReadyPrint print={print} onClose={() => setPrint(null)} /></Suspense>}
          <Section>
            <Line label={t('labels.what')}>
              <Segmented aria-label={t('labels.what')} value={kind} onChange={(next) => { setKind(next as For); choose('a4_3x7') }} options={[{ value: 'assets.asset', label: t('labels.for_assets') }, ...(may.blank ? [{ value: 'assets.qr', label: t('labels.for_blank') }] : [])]} />
            </Line>
            {kind === 'assets.asset'
              ? <Line label={t('labels.assets')} help={t('labels.assets_help')}>{ids.length > FEW ? <span className="label-acts"><strong>{t('kit.bulk.marked', { count: formats.number(ids.length) })}</strong><Button onClick={() => setIds([])}>{t('kit.clear')}</Button></span> : <ReferenceSelect label={t('labels.assets')} spec={assetReference} isMultiple value={ids as unknown as string} onChange={(next) => setIds((next as unknown as string[] | undefined) ?? [])} />}</Line>
              : <Line label={t('labels.blank_count')} help={t('labels.blank_help')}><NumberField label={t('labels.blank_count')} value={count} onChange={setCount} /></Line>}
            <Line label={t('labels.template')}>
              <Select aria-label={t('labels.template')} className="wide" value={chosen} onChange={choose} options={[group(t('labels.own'), designs.filter((one) => one.isOwn)), group(t('labels.shipped_sheets'), designs.filter((one) => !one.isOwn && one.medium === 'sheet')), group(t('labels.shipped_rolls'), designs.filter((one) => !one.isOwn && one.medium === 'roll'))].filter((one) => one.options.length > 0)} />
              <span className="label-acts">
                {may.create && <Button disabled={!design} onClick={() => setMaking(true)}>{t('labels.new_template')}</Button>}
                {may.remove && design?.isOwn && <Button icon={<Trash2 size={14} />} onClick={() => void remove()}>{t('labels.remove_template')}</Button>}
              </span>
            </Line>
            <Line label={t('labels.printer')}><PrinterChoice value={printer} templateId={design?.isOwn && isSheet ? design.key : undefined} page={design?.stock.page ?? 'a4'} onChange={setPrinter} /></Line>
            <div className="label-pair">
              <Line label={t('labels.copies')}><NumberField label={t('labels.copies')} value={copies} onChange={setCopies} /></Line>
              <Line label={t('labels.language')}><Select aria-label={t('labels.language')} className="wide" value={language ?? ''} onChange={(next) => setLanguage(next || undefined)} options={[{ value: '', label: t('labels.as_template') }, ...LANGUAGES.map((one) => ({ value: one.value, label: t(one.words_key) }))]} /></Line>
            </div>
            <Line label={t('labels.form')}><Segmented aria-label={t('labels.form')} value={form} onChange={(next) => setForm(next as 'pdf' | 'zpl')} options={[{ value: 'pdf', label: 'PDF' }, { value: 'zpl', label: 'ZPL', disabled: isSheet }]} /></Line>
          </Section>
          <Suspense fallback={<Loading lines={2} />}><PastPrints /></Suspense>
        </div>
        <Section title={t('labels.preview')} extra={design && <span className="muted">{isSheet ? t('labels.sum', { labels, pages: sheetsOf(design.stock, labels, start) }) : t('labels.sum_roll', { labels })}</span>}>
          {!design ? <Loading lines={6} /> : (
            <>
              <LabelPicture design={design} content={design.content} sample={(name) => t(`label.${kind}.${name}`)} />
              <p className="muted">{t('labels.preview_note', { width: Number(design.stock.label_width), height: Number(design.stock.label_height) })}</p>
              {isSheet && (
                <>
                  <h3 className="sub-title">{t('labels.start')}</h3>
                  <p className="muted">{t('labels.start_help')}</p>
                  <SheetMap design={design} labels={labels} start={start} onStart={setStart} />
                </>
              )}
            </>
          )}
        </Section>
      </div>
      {isMaking && design && <TemplateDialog design={design} kind={kind} fields={fields} onMade={choose} onClose={() => setMaking(false)} />}
      {isBinding && <Suspense><BindCode onClose={() => setBinding(false)} /></Suspense>}
    </PageShell>
  )
}
