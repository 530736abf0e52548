// One item: what it is, what it is called and by whom, what it is counted in, and what may take its place.
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { customFacts, Facts, PageShell, Section, StateTag, VerbBar, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { MergedSection } from '../merging/around'
import { choices } from '../orders/verbs'
import { Comments } from '../records/comments'
import { Files } from '../records/files'
import { EditableHistory } from '../records/history'
import { itemReference, partyReference } from '../references'
import { Buying } from './buying'
import { ITEM, UNITS, useItem, useUnitName, type Item } from './data'
import { Lines, type Line } from './lines'

const PickOther = lazy(() => import('../merging/pick'))
const EditRecord = lazy(() => import('../records/edit').then((found) => ({ default: found.EditRecord })))

const field = (key: string): string => `field.${ITEM}.${key}`
const chosen = (key: string, values: string[]): FieldSpec => ({ key, type: 'choice', words_key: field(key), choices: choices(values, `choice.${ITEM}.${key}`), isHalf: true })
const text = (kind: string, key: string): FieldSpec => ({ key, type: 'text', words_key: `field.${kind}.${key}` })

const FIELDS: FieldSpec[] = [
  { ...text(ITEM, 'name'), isRequired: true },
  text(ITEM, 'specification'),
  { ...chosen('kind', ['spare', 'consumable', 'raw', 'product', 'tool']), isRequired: true },
  { key: 'unit', type: 'offered', words_key: field('unit'), offered: { path: UNITS, list: 'rows' }, isRequired: true, isHalf: true },
  { ...chosen('tracked_by', ['none', 'lot', 'serial']), isRequired: true, isHalf: false },
  { ...chosen('criticality', ['vital', 'essential', 'desirable']), isHalf: false },
  { ...chosen('value_class', ['a', 'b', 'c']), isHalf: false },
  { ...text(ITEM, 'storage_conditions') },
  { key: 'shelf_life_days', type: 'number', words_key: field('shelf_life_days'), min: 1, isHalf: true },
  { key: 'description', type: 'longtext', words_key: field('description') },
]

function ItemFacts({ item }: { item: Item }) {
  const { t, words, formats } = useWords()
  const unitName = useUnitName()
  const choice = (key: string, value: string): string => value && t(`choice.${ITEM}.${key}.${value}`)
  return (
    <Section title={t('order.facts')}>
      <Facts facts={[
        { label: t(field('kind')), value: choice('kind', item.kind) },
        { label: t(field('specification')), value: item.specification },
        { label: t(field('unit')), value: unitName(item.unit) },
        { label: t(field('tracked_by')), value: choice('tracked_by', item.tracked_by) },
        { label: t(field('criticality')), value: choice('criticality', item.criticality) },
        { label: t(field('value_class')), value: choice('value_class', item.value_class) },
        { label: t(field('storage_conditions')), value: item.storage_conditions },
        { label: t(field('shelf_life_days')), value: item.shelf_life_days === null ? null : formats.number(item.shelf_life_days) },
        { label: t(field('description')), value: item.description },
        ...customFacts(item.custom, words, formats),
      ]}
      />
    </Section>
  )
}

function ItemLink({ id, code, name }: { id: string; code: string; name: string }) {
  return <Link to="/items/$id" params={{ id }}>{code} {name}</Link>
}

interface PartProps {
  item: Item
  isOpen: boolean
}

function Names({ item, isOpen }: PartProps) {
  const { t } = useWords()
  const aliases: Line[] = item.aliases.map((one) => ({ id: one.id, name: one.alias, shown: one.alias, hint: [t(`choice.catalog.alias.kind.${one.kind}`), one.party].filter(Boolean).join(' · ') }))
  const suppliers: Line[] = item.suppliers.map((one) => ({ id: one.id, name: one.name, shown: one.name, hint: one.their_code }))
  const party: FieldSpec = { key: 'party_id', type: 'reference', words_key: '', reference: partyReference }
  return (
    <>
      <Lines
        itemId={item.id} title={t('item.names')} empty={t('item.no_names')} lines={aliases} kind="catalog.alias" path="catalog/aliases" adding="add" isOpen={isOpen}
        fields={[
          { ...text('catalog.alias', 'alias'), isRequired: true, autoFocus: true },
          { key: 'kind', type: 'choice', words_key: 'field.catalog.alias.kind', isRequired: true, choices: choices(['name', 'old_code', 'manufacturer_code', 'customer_code', 'barcode'], 'choice.catalog.alias.kind') },
          { ...party, words_key: 'field.catalog.alias.party_id' },
        ]}
      />
      <Lines
        itemId={item.id} title={t('item.suppliers')} empty={t('item.no_suppliers')} lines={suppliers} kind="catalog.supplier" path="catalog/suppliers" adding="add" isOpen={isOpen}
        fields={[{ ...party, words_key: 'field.catalog.supplier.party_id', isRequired: true }, text('catalog.supplier', 'their_code')]}
      />
    </>
  )
}

function Packs({ item, isOpen }: PartProps) {
  const { t, formats } = useWords()
  const unitName = useUnitName()
  const lines: Line[] = item.units.map((one) => ({ id: one.id, name: unitName(one.unit), shown: t('item.holds', { pack: unitName(one.unit), count: formats.number(one.factor), unit: unitName(item.unit) }) }))
  return (
    <Lines
      itemId={item.id} title={t('item.packs')} empty={t('item.no_packs', { unit: unitName(item.unit) })} lines={lines} kind="catalog.item_unit" path="catalog/item_units" adding="add" isOpen={isOpen}
      fields={[
        { key: 'unit', type: 'offered', words_key: 'field.catalog.item_unit.unit', offered: { path: UNITS, list: 'rows' }, isRequired: true, isHalf: true },
        { key: 'factor', type: 'number', words_key: 'field.catalog.item_unit.factor', unit: unitName(item.unit), min: 0, isRequired: true, isHalf: true },
      ]}
    />
  )
}

function Substitutes({ item, isOpen }: PartProps) {
  const { t, formats } = useWords()
  const changes: Line[] = [
    ...item.superseded_by.map((one) => ({ id: one.id, name: one.name, shown: <>{t('item.superseded_by')} <ItemLink id={one.item_id} code={one.code} name={one.name} /></>, hint: [t('item.from', { day: formats.date(one.from_on) }), one.notes].filter(Boolean).join(' · ') })),
    ...item.supersedes.map((one) => ({ id: one.id, name: one.name, isTheirs: true, shown: <>{t('item.supersedes')} <ItemLink id={one.item_id} code={one.code} name={one.name} /></>, hint: [t('item.from', { day: formats.date(one.from_on) }), one.notes].filter(Boolean).join(' · ') })),
  ]
  const alternates: Line[] = item.alternates.map((one) => ({ id: one.id, name: one.name, shown: <ItemLink id={one.item_id} code={one.code} name={one.name} />, hint: one.notes }))
  return (
    <>
      <Lines
        itemId={item.id} title={t('item.supersession')} empty={t('item.no_supersession')} lines={changes} kind="catalog.supersession" path="catalog/supersessions" adding="set" isOpen={isOpen}
        fields={[
          { key: 'successor_id', type: 'reference', words_key: 'field.catalog.supersession.successor_id', reference: itemReference, isRequired: true },
          { key: 'from_on', type: 'date', words_key: 'field.catalog.supersession.from_on', isHalf: true },
          text('catalog.supersession', 'notes'),
        ]}
      />
      <Lines
        itemId={item.id} title={t('item.alternates')} empty={t('item.no_alternates')} lines={alternates} kind="catalog.alternate" path="catalog/alternates" adding="add" isOpen={isOpen}
        fields={[{ key: 'alternate_id', type: 'reference', words_key: 'field.catalog.alternate.alternate_id', reference: itemReference, isRequired: true }, text('catalog.alternate', 'notes')]}
      />
    </>
  )
}

function UsedIn({ item }: { item: Item }) {
  const { t, formats } = useWords()
  if (!item.used_in.length) return null
  return (
    <Section title={t('item.used_in')}>
      <ul className="plain-list">
        {item.used_in.map((one) => <li key={one.model_id} className="related"><span>{one.name}</span><span className="muted">{t('item.per_machine', { count: formats.number(one.quantity) })}</span></li>)}
      </ul>
    </Section>
  )
}

export default function ItemPage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/items/$id' })
  const [opened, setOpened] = useState<'edit' | 'merge' | null>(null)
  const query = useItem(id)
  const item = query.data
  if (query.error && !item) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!item) return <Loading lines={10} />
  const isOpen = item.actions.includes('edit')
  return (
    <PageShell
      title={item.name}
      over={<><Link to="/lists/$room/$thing" params={{ room: 'catalog', thing: 'items' }} search={{}}>{t('lists.catalog.items')}</Link> <span aria-hidden>/</span> {item.code}</>}
      tags={<StateTag kind={ITEM} state={item.state} />}
      actions={
        <>
          {isOpen && <Button icon={<Pencil size={14} />} onClick={() => setOpened('edit')}>{t('people.edit')}</Button>}
          <VerbBar target={{ kind: ITEM, id: item.id, version: item.version }} actions={item.actions.filter((verb) => verb !== 'edit')} specs={{ archive: { fields: [] }, restore: { fields: [], rank: 1 }, unmerge: { fields: [], rank: 1 }, merge: { open: () => setOpened('merge') } }} />
        </>
      }
    >
      {item.merged_into_id && <div className="banner banner-plain"><span>{t('merge.was_merged')} <Link to="/items/$id" params={{ id: item.merged_into_id }}>{t('merge.open_kept')}</Link></span></div>}
      <div className="split">
        <div className="split-main">
          <Names item={item} isOpen={isOpen} />
          <Packs item={item} isOpen={isOpen} />
          <Substitutes item={item} isOpen={isOpen} />
          <UsedIn item={item} />
          <Buying item={item} isOpen={isOpen} />
          <Comments kind={ITEM} id={item.id} comments={item.comments} />
        </div>
        <div className="split-side">
          <ItemFacts item={item} />
          <Section title={t('item.files')}><Files kind={ITEM} id={item.id} files={item.files} /></Section>
          <MergedSection kind={ITEM} id={item.id} merged={item.merged.map((one) => ({ ...one, number: one.code }))} />
          <EditableHistory kind={ITEM} record={item} fields={FIELDS} mayEdit={isOpen} entries={item.history} />
        </div>
      </div>
      <Suspense>
        {opened === 'edit' && <EditRecord kind={ITEM} record={item} fields={FIELDS} onClose={() => setOpened(null)} />}
        {opened === 'merge' && <PickOther kind="items" id={item.id} onClose={() => setOpened(null)} />}
      </Suspense>
    </PageShell>
  )
}
