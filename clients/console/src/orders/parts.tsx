// The parts of an order: what it needs, what is kept for it, what lacks, and where else there is some.
import { Link } from '@tanstack/react-router'
import { Empty } from '@trunnion/kit/plain'
import { FormDialog, Section, useSteps, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Dropdown } from 'antd'
import { ChevronDown, CircleCheck, Clock, Plus, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { itemReference, storeReference } from '../references'
import { isTracked, serialsOf, TRACKED, unitOf } from '../stock/tracked'
import { ORDER, useSources, type Order, type Part, type Source, type Sources } from './data'

const FIELDS: FieldSpec[] = [
  { key: 'item_id', type: 'reference', words_key: 'field.work.part.item_id', reference: itemReference, isRequired: true, autoFocus: true, help_key: 'parts.item_help' },
  { key: 'quantity', type: 'number', words_key: 'field.work.part.quantity', isRequired: true, min: 0, isHalf: true },
  { key: 'store_id', type: 'reference', words_key: 'field.work.part.store_id', reference: storeReference, isHalf: true, help_key: 'parts.store_help' },
  { key: 'remark', type: 'text', words_key: 'field.work.part.remark' },
]
const ICONS = { ready: CircleCheck, expected: Clock, short: TriangleAlert }

/** Whether the parts are there: by sign and word, not by colour alone. */
export function ReadyTag({ readiness }: { readiness?: string }) {
  const { t } = useWords()
  if (!readiness) return null
  const Icon = ICONS[readiness as keyof typeof ICONS]
  return <span className="ready-tag" data-ready={readiness}><Icon size={14} aria-hidden /> {t(`choice.${ORDER}.parts.${readiness}`)}</span>
}

const left = (part: Part): number => Math.max(Number(part.planned) - Number(part.issued), 0)

function Whence({ sources }: { sources: Source[] }) {
  const { t, formats } = useWords()
  if (!sources.length) return <span className="muted">{t('parts.nowhere')}</span>
  return (
    <span className="muted">
      {sources.slice(0, 4).map((one) => `${one.near === 'van' ? t('choice.work.part.near.van') : one.store} ${formats.number(Number(one.available))}${one.near === 'other' && one.metres !== null ? ` (${t('parts.far', { km: formats.number(Math.round(one.metres / 1000)) })})` : ''}`).join(' · ')}
    </span>
  )
}

function Standing({ part }: { part: Part }) {
  const { t, formats } = useWords()
  const amount = (value: string): string => formats.number(Number(value))
  const words = [
    Number(part.reserved) > 0 && t('parts.reserved', { count: amount(part.reserved), store: part.store }),
    Number(part.issued) > 0 && t('parts.issued', { count: amount(part.issued) }),
    Number(part.returned) > 0 && t('parts.returned', { count: amount(part.returned) }),
  ].filter(Boolean)
  return (
    <>
      {words.length > 0 && <span className="muted">{words.join(' · ')}</span>}
      {Number(part.short) > 0 && (
        <span className="part-short" data-ready={part.expected_on ? 'expected' : 'short'}>
          <TriangleAlert size={13} aria-hidden /> {t('parts.short', { count: amount(part.short), store: part.store })}{part.expected_on && ` · ${t('parts.expected', { day: formats.date(part.expected_on) })}`}
        </span>
      )}
    </>
  )
}

type Asked = 'issue' | 'return'

/** What a hand-over asks: how much, from or to which store, and which pieces where they are told apart. */
function handFields(part: Part, verb: Asked): FieldSpec[] {
  return [
    { key: 'quantity', type: 'number', words_key: 'field.work.part.quantity', isRequired: true, min: 0, isHalf: true, autoFocus: true },
    { key: 'store_id', type: 'reference', words_key: 'field.work.part.store_id', reference: storeReference, isRequired: true, isHalf: true },
    ...TRACKED.filter((field) => isTracked(part.tracked_by, field.key)),
    ...(verb === 'issue' ? [{ key: 'may_exceed', type: 'boolean' as const, words_key: 'field.work.part.may_exceed', when: (values: Values) => Number(values.quantity) > left(part) }] : []),
    { key: 'remark', type: 'text', words_key: 'field.work.part.remark' },
  ]
}

function PartActs({ order, part }: { order: Order; part: Part }) {
  const { t } = useWords()
  const run = useSteps(order.id)
  const [asked, ask] = useState<Asked | null>(null)
  const may = (verb: string): boolean => order.line_actions?.includes(`part.${verb}`) ?? false
  const open = left(part)
  const act = (verb: string, args: object): Promise<unknown> => run([{ path: `work/parts/${part.id}/${verb}`, args }], t('kit.verb_done', { verb: t(`verb.work.part.${verb}`) }))
  const more = [
    may('issue') && open > 0 && { key: 'issue', label: t('parts.issue_some') },
    may('issue') && open === 0 && { key: 'issue', label: t('parts.issue_more') },
    may('return') && Number(part.issued) > Number(part.returned) && { key: 'return', label: t('verb.work.part.return') },
    may('reserve') && open - Number(part.reserved) - Number(part.short) > 0 && { key: 'reserve', label: t('verb.work.part.reserve') },
    may('drop') && Number(part.issued) === 0 && { key: 'drop', label: t('verb.work.part.drop') },
  ].filter((one) => one !== false)
  return (
    <span className="part-acts">
      {may('issue') && open > 0 && Number(part.reserved) >= open && !part.tracked_by.startsWith('serial') && <Button size="small" onClick={() => void act('issue', {})}>{t('verb.work.part.issue')}</Button>}
      {more.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => { if (key === 'issue' || key === 'return') ask(key); else void act(key, {}) } }}>
          <Button size="small" aria-label={t('parts.more', { name: part.name })} icon={<ChevronDown size={14} />} />
        </Dropdown>
      )}
      {asked && (
        <FormDialog
          kind="work.part"
          title={`${t(`verb.work.part.${asked}`)} · ${part.code} ${part.name}`}
          submit={t(`verb.work.part.${asked}`)}
          fields={handFields(part, asked)}
          initial={{ quantity: asked === 'issue' ? open || 1 : Number(part.issued) - Number(part.returned), store_id: part.store_id }}
          onClose={() => ask(null)}
          onSubmit={async (values) => { await act(asked, serialsOf(values)) }}
        />
      )}
    </span>
  )
}

function Proposed({ order, sources }: { order: Order; sources: Sources }) {
  const { t, formats } = useWords()
  const run = useSteps(order.id)
  if (!sources.proposed.length || !order.line_actions?.includes('part.plan')) return null
  return (
    <div className="part-proposals">
      <span className="muted">{t('parts.proposed')}</span>
      {sources.proposed.slice(0, 6).map((one) => (
        <Button key={one.item_id} size="small" icon={<Plus size={13} />} onClick={() => void run([{ path: 'work/parts/plan', args: { order_id: order.id, item_id: one.item_id, quantity: one.quantity } }])}>
          {one.name} × {formats.number(Number(one.quantity))} <span className="muted">{t('parts.free', { count: formats.number(Number(one.available)) })}</span>
        </Button>
      ))}
    </div>
  )
}

function Add({ order }: { order: Order }) {
  const { t } = useWords()
  const run = useSteps(order.id)
  const [isAsking, setAsking] = useState(false)
  if (!order.line_actions?.includes('part.plan')) return null
  return (
    <>
      <Button type="text" icon={<Plus size={15} />} onClick={() => setAsking(true)}>{t('verb.work.part.plan')}</Button>
      {isAsking && (
        <FormDialog
          kind="work.part"
          title={t('verb.work.part.plan')}
          fields={FIELDS}
          initial={{ quantity: 1 }}
          onClose={() => setAsking(false)}
          onSubmit={async (values) => { await run([{ path: 'work/parts/plan', args: { order_id: order.id, ...values } }]) }}
        />
      )}
    </>
  )
}

export function PartsSection({ order }: { order: Order }) {
  const { t, formats } = useWords()
  const parts = order.parts
  const sources = useSources(order, parts !== undefined).data
  if (!parts) return null
  return (
    <Section title={<>{t('parts.title')}{parts.length > 0 && <span className="section-count">{parts.length}</span>}</>} extra={<Add order={order} />}>
      {parts.length === 0 ? <Empty title={t('parts.none')} /> : (
        <ul className="parts">
          {parts.map((part) => (
            <li key={part.id} className="part">
              <div className="part-what">
                <p><Link to="/stock/$id" params={{ id: part.item_id }}>{part.name}</Link> <span className="muted">{part.code}</span></p>
                {part.remark && <p className="muted prose">{part.remark}</p>}
                <Standing part={part} />
                {sources && left(part) > 0 && <Whence sources={sources.sources[part.item_id] ?? []} />}
              </div>
              <span className="part-amount">{formats.number(Number(part.planned))} <span className="muted">{unitOf(part.unit)}</span></span>
              {part.cost && Number(part.issued) > 0 && part.currency && <span className="part-cost">{formats.money(part.cost, part.currency)}</span>}
              <PartActs order={order} part={part} />
            </li>
          ))}
        </ul>
      )}
      {sources && <Proposed order={order} sources={sources} />}
    </Section>
  )
}
