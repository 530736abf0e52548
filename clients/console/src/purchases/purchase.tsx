// One purchase: what is bought of whom, what came of it and what did not, and what may be done now.
import { Link, useParams } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, FormDialog, PageShell, Section, StateTag, useSteps, useToasts, VerbBar, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus, Printer, X } from 'lucide-react'
import { useState } from 'react'
import { useUnitName } from '../items/data'
import { Comments } from '../records/comments'
import { EditRecord } from '../records/edit'
import { Files } from '../records/files'
import { itemReference, partyReference } from '../references'
import { LINE, openOf, PURCHASE, PURCHASES, usePurchase, type Arrival, type Purchase, type PurchaseLine } from './data'
import { ReceiveForm, SendBackForm } from './receive'

const word = (key: string): string => `field.${PURCHASE}.${key}`
const EXPECTED: FieldSpec = { key: 'expected_on', type: 'date', words_key: word('expected_on'), isHalf: true }
const REMARK: FieldSpec = { key: 'remark', type: 'text', words_key: word('remark') }
const REASON: FieldSpec = { key: 'reason', type: 'longtext', words_key: word('reason') }
const ADD: FieldSpec[] = [
  { key: 'item_id', type: 'reference', words_key: `field.${LINE}.item_id`, reference: itemReference, isRequired: true },
  { key: 'quantity', type: 'number', words_key: `field.${LINE}.quantity`, min: 0, isRequired: true, isHalf: true },
  { key: 'price', type: 'number', words_key: `field.${LINE}.price`, min: 0, isHalf: true, help_key: 'purchase.price_help' },
  { key: 'needed_on', type: 'date', words_key: `field.${LINE}.needed_on`, isHalf: true },
]

const asked = ({ item_id, quantity, unit, price, needed_on, reason }: PurchaseLine): object => ({ item_id, quantity, unit, reason, ...(price === null ? {} : { price }), ...(needed_on ? { needed_on } : {}) })

function Lines({ purchase }: { purchase: Purchase }) {
  const { t, words, formats } = useWords()
  const unitName = useUnitName()
  const toasts = useToasts()
  const run = useSteps(purchase.id)
  const [isAdding, setAdding] = useState(false)
  const mayChange = purchase.actions.includes('set_lines')
  const write = async (lines: object[]): Promise<void> => { await run([{ path: `${PURCHASES}/${purchase.id}/set_lines`, args: { lines } }]) }

  async function remove(line: PurchaseLine): Promise<void> {
    try {
      await write(purchase.lines.filter((one) => one.id !== line.id).map(asked))
    } catch (error) {
      toasts.bad(problemWords(words, error, PURCHASE))
    }
  }

  async function add({ quantity, price, ...line }: Record<string, unknown>): Promise<void> {
    await write([...purchase.lines.map(asked), { ...line, quantity: String(quantity), ...(price === undefined || price === null ? {} : { price: String(price) }) }])
  }

  return (
    <Section isBare title={t(word('lines'))} extra={mayChange && <Button type="text" icon={<Plus size={14} />} onClick={() => setAdding(true)}>{t('purchase.add_line')}</Button>}>
      <div className="table-wrap">
        <table className="small-table padded">
          <thead><tr><th>{t(`field.${LINE}.item_id`)}</th><th data-numeric="true">{t(`field.${LINE}.quantity`)}</th><th data-numeric="true">{t('purchase.came')}</th><th data-numeric="true">{t(`field.${LINE}.price`)}</th><th data-numeric="true">{t('column.inventory.purchase_orders.amount')}</th>{mayChange && <th aria-label={t('purchase.remove_line')} />}</tr></thead>
          <tbody>
            {purchase.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  <Link to="/items/$id" params={{ id: line.item_id }}>{line.item_code} {line.item_name}</Link>
                  <div className="muted">{[line.their_code, line.needed_on && t('purchase.needed', { day: formats.date(line.needed_on) }), line.reason].filter(Boolean).join(' · ')}</div>
                </td>
                <td data-numeric="true">{formats.number(line.quantity)} {unitName(line.unit)}</td>
                <td data-numeric="true">{formats.number(line.received)}{Number(line.rejected) > 0 && <div className="muted">{t('purchase.rejected', { count: formats.number(line.rejected) })}</div>}{Number(line.returned) > 0 && <div className="muted">{t('purchase.returned', { count: formats.number(line.returned) })}</div>}</td>
                <td data-numeric="true">{line.price === null ? t('kit.none') : formats.money(line.price, purchase.currency)}</td>
                <td data-numeric="true">{formats.money(line.amount, purchase.currency)}</td>
                {mayChange && <td>{purchase.lines.length > 1 && <Button type="text" size="small" icon={<X size={14} />} aria-label={`${t('purchase.remove_line')}: ${line.item_name}`} onClick={() => void remove(line)} />}</td>}
              </tr>
            ))}
          </tbody>
          <tfoot><tr><td colSpan={4}>{t('report.purchase.total')}</td><td data-numeric="true" colSpan={mayChange ? 2 : 1}>{formats.money(purchase.amount, purchase.currency)}</td></tr></tfoot>
        </table>
      </div>
      {isAdding && <FormDialog kind={PURCHASE} title={t('purchase.add_line')} fields={ADD} onClose={() => setAdding(false)} onSubmit={add} />}
    </Section>
  )
}

function Arrivals({ purchase }: { purchase: Purchase }) {
  const { t, formats } = useWords()
  if (!purchase.receipts.length) return null
  const nameOf = (one: Arrival): string => purchase.lines.find((line) => line.id === one.line_id)?.item_name ?? ''
  const said = (one: Arrival): string => [
    Number(one.accepted) > 0 && t('purchase.good', { count: formats.number(one.accepted) }),
    Number(one.rejected) > 0 && t('purchase.rejected', { count: formats.number(one.rejected) }),
    Number(one.returned) > 0 && t('purchase.returned', { count: formats.number(one.returned) }),
    one.reason, one.lot, one.paper,
  ].filter(Boolean).join(' · ')
  return (
    <Section title={t('purchase.receipts')}>
      <ul className="plain-list">
        {purchase.receipts.map((one) => <li key={one.id}>{one.number} {nameOf(one)} <span className="muted">{said(one)} · {formats.dateTime(one.happened_at)} · {one.recorded_by_name}</span></li>)}
      </ul>
    </Section>
  )
}

function PurchaseFacts({ purchase }: { purchase: Purchase }) {
  const { t, formats, language } = useWords()
  const label = (key: string): string => t(`column.inventory.purchase_orders.${key}`)
  return (
    <Section title={t('order.facts')} extra={<a href={`/api/${PURCHASES}/${purchase.id}/order.pdf?language=${language}`} target="_blank" rel="noreferrer"><Button type="text" tabIndex={-1} icon={<Printer size={14} />}>PDF</Button></a>}>
      <Facts facts={[
        { label: label('supplier'), value: purchase.supplier ?? t('purchase.no_supplier') },
        { label: label('store'), value: purchase.store },
        { label: label('expected_on'), value: purchase.expected_on && formats.date(purchase.expected_on) },
        { label: label('asked_by_name'), value: purchase.asked_by_name },
        purchase.waits_for.length > 0 && purchase.state === 'requested' && { label: t('purchase.waits_for'), value: purchase.waits_for.join(' · ') },
        purchase.approval_id !== null && { label: t('kind.identity.approval'), value: <Link to="/approvals/$id" params={{ id: purchase.approval_id }}>{t('approval.see')}</Link> },
        { label: label('ordered_at'), value: purchase.ordered_at && [formats.dateTime(purchase.ordered_at), purchase.ordered_by_name].filter(Boolean).join(' · ') },
        { label: label('external_id'), value: [purchase.external_system, purchase.external_id].filter(Boolean).join(' ') },
        { label: label('remark'), value: purchase.remark },
      ]}
      />
    </Section>
  )
}

export default function PurchasePage() {
  const { t } = useWords()
  const { id } = useParams({ from: '/inside/purchases/$id' })
  const [opened, setOpened] = useState<'edit' | 'receive' | 'send_back' | null>(null)
  const query = usePurchase(id)
  const purchase = query.data
  if (query.error && !purchase) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!purchase) return <Loading lines={10} />
  const close = (): void => setOpened(null)
  const fields: FieldSpec[] = [...(purchase.state === 'draft' ? [{ key: 'party_id', type: 'reference', words_key: word('party_id'), reference: partyReference } as FieldSpec] : []), EXPECTED, REMARK]
  return (
    <PageShell
      title={purchase.supplier ?? t('purchase.no_supplier')}
      over={<><Link to="/purchases" search={{}}>{t('nav.purchases')}</Link> <span aria-hidden>/</span> {purchase.number}</>}
      tags={<StateTag kind={PURCHASE} state={purchase.state} />}
      actions={
        <VerbBar
          isSticky
          target={{ kind: PURCHASE, id: purchase.id, version: purchase.version }}
          actions={purchase.actions.filter((verb) => verb !== 'set_lines')}
          specs={{
            request: { rank: 1, fields: [REASON] },
            order: { rank: 1, fields: [EXPECTED], initial: purchase.expected_on ? { expected_on: purchase.expected_on } : {} },
            receive: { rank: 1, open: () => setOpened('receive') },
            send_back: { rank: 3, open: () => setOpened('send_back') },
            edit: { rank: 2, open: () => setOpened('edit') },
            revise: { fields: [] },
            close: { fields: [{ ...REASON, isRequired: true, autoFocus: true }] },
            cancel: { isDanger: true, fields: [{ ...REASON, isRequired: true, autoFocus: true }] },
          }}
        />
      }
    >
      <div className="split">
        <div className="split-main">
          <Lines purchase={purchase} />
          <Arrivals purchase={purchase} />
          <Comments kind={PURCHASE} id={purchase.id} comments={purchase.comments} />
        </div>
        <div className="split-side">
          <PurchaseFacts purchase={purchase} />
          <Section title={t('item.files')}><Files kind={PURCHASE} id={purchase.id} files={purchase.files} /></Section>
        </div>
      </div>
      {opened === 'edit' && <EditRecord kind={PURCHASE} record={purchase} fields={fields} onClose={close} />}
      {opened === 'receive' && <ReceiveForm purchase={purchase} lines={purchase.lines.filter((line) => openOf(line) > 0)} onClose={close} />}
      {opened === 'send_back' && <SendBackForm purchase={purchase} onClose={close} />}
    </PageShell>
  )
}
