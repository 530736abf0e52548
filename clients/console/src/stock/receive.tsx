// Goods come in, or go to another store: line after line by scanning, in a dialog that stays open, sent as one.
import './stock.css'
import { problemWords } from '@trunnion/kit/api'
import { Dialog, NumberField, ReferenceSelect, useApi, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { binReference, itemReference, partyReference, storeReference } from '../references'
import { STOCK, type Found } from './data'
import { added, argsOf, mayBeSent, type Head, type Line, type Verb } from './lines'
import { ScanField } from './scan-field'

interface Item {
  id: string
  code: string
  name: string
  unit: string
  tracked_by: string
}

interface LineRowProps {
  line: Line
  verb: Verb
  binStore: string | undefined
  onChange: (line: Line) => void
  onRemove: () => void
}

function LineRow({ line, verb, binStore, onChange, onRemove }: LineRowProps) {
  const { t } = useWords()
  const of = (label: string): string => `${label}: ${line.name}`
  return (
    <li className="move-line">
      <p className="move-item"><strong>{line.name}</strong> <span className="muted">{line.code}</span>
        <button type="button" className="icon-button" aria-label={t('stock.remove_line', { name: line.name })} onClick={onRemove}><X size={14} aria-hidden /></button>
      </p>
      <div className="move-fields">
        <label>{t('field.inventory.stock.quantity')}<NumberField key={`${line.item_id}:${line.counted}`} label={of(t('field.inventory.stock.quantity'))} value={line.quantity} onChange={(quantity) => onChange({ ...line, quantity })} /></label>
        {verb === 'receive' && <label>{t('field.inventory.stock.unit_cost')}<NumberField label={of(t('field.inventory.stock.unit_cost'))} value={line.unit_cost} onChange={(unit_cost) => onChange({ ...line, unit_cost })} /></label>}
        {line.tracked_by === 'lot' && <label>{t('field.inventory.stock.lot')}<Input aria-label={of(t('field.inventory.stock.lot'))} value={line.lot} onChange={(event) => onChange({ ...line, lot: event.target.value })} /></label>}
        {line.tracked_by === 'lot' && verb === 'receive' && <label>{t('field.inventory.stock.expires_on')}<Input type="date" aria-label={of(t('field.inventory.stock.expires_on'))} value={line.expires_on} onChange={(event) => onChange({ ...line, expires_on: event.target.value })} /></label>}
        {line.tracked_by === 'serial' && <label className="wide">{t('field.inventory.stock.serials')}<Input.TextArea rows={2} aria-label={of(t('field.inventory.stock.serials'))} value={line.serials} onChange={(event) => onChange({ ...line, serials: event.target.value })} /></label>}
        {binStore && <label>{t('field.inventory.stock.bin_id')}<ReferenceSelect label={of(t('field.inventory.stock.bin_id'))} spec={binReference(binStore)} value={line.bin_id} onChange={(bin_id) => onChange({ ...line, bin_id })} /></label>}
      </div>
    </li>
  )
}

export default function Move({ verb, onClose, itemId, storeId }: { verb: Verb; onClose: () => void; itemId?: string; storeId?: string }) {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const run = useSteps(STOCK)
  const [head, setHead] = useState<Head>({ store_id: storeId })
  const [lines, setLines] = useState<Line[]>([])
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const title = t(`verb.inventory.stock.${verb}`)
  const target = verb === 'transfer' ? head.to_store_id : head.store_id

  async function add(id: string): Promise<void> {
    const item = await api.detail<Item>('catalog.item', id)
    setLines((before) => added(before, item))
  }

  async function take(found: Found[]): Promise<string | undefined> {
    const item = found.find((one) => one.kind === 'catalog.item')
    if (item) {
      await add(item.id)
      return undefined
    }
    const bin = found.find((one) => one.kind === 'inventory.bin' && one.store_id === target)
    if (bin && lines.length) {
      setLines((before) => before.map((line, index) => (index === before.length - 1 ? { ...line, bin_id: bin.id } : line)))
      return undefined
    }
    return found.length ? t('stock.scan_no_part', { text: found[0]!.label }) : undefined
  }

  async function send(): Promise<void> {
    setSending(true)
    setFault('')
    try {
      await run([{ path: `inventory/stock/${verb}`, args: argsOf(verb, head, lines) }])
      toasts.good(t('kit.verb_done', { verb: title }))
      onClose()
    } catch (error) {
      setFault(problemWords(words, error))
    } finally {
      setSending(false)
    }
  }

  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" loading={isSending} disabled={!mayBeSent(verb, head, lines)} onClick={() => void send()}>{title}</Button>
    </>
  )
  const isTransfer = verb === 'transfer'
  return (
    <Dialog title={title} onClose={onClose} foot={foot}>
      <div className="move-fields">
        <label>{t(`field.inventory.stock.${isTransfer ? 'from_store_id' : 'store_id'}`)}<ReferenceSelect label={t(`field.inventory.stock.${isTransfer ? 'from_store_id' : 'store_id'}`)} spec={storeReference} value={head.store_id} onChange={(store_id) => setHead({ ...head, store_id })} /></label>
        {isTransfer && <label>{t('field.inventory.stock.to_store_id')}<ReferenceSelect label={t('field.inventory.stock.to_store_id')} spec={storeReference} value={head.to_store_id} onChange={(to_store_id) => setHead({ ...head, to_store_id })} /></label>}
        {!isTransfer && <label>{t('field.inventory.stock.party_id')}<ReferenceSelect label={t('field.inventory.stock.party_id')} spec={partyReference} value={head.party_id} onChange={(party_id) => setHead({ ...head, party_id })} /></label>}
        <label>{t('field.inventory.stock.cause_label')}<Input aria-label={t('field.inventory.stock.cause_label')} value={head.cause_label} onChange={(event) => setHead({ ...head, cause_label: event.target.value })} /></label>
      </div>
      <ScanField label={t('stock.scan_line')} onFound={take} autoFocus />
      <ReferenceSelect label={t('stock.pick_item')} placeholder={t('stock.pick_item')} spec={itemReference} value={undefined} onChange={(id) => { if (id) void add(id) }} />
      {itemId && !lines.length && <Button type="link" onClick={() => void add(itemId)}>{t('stock.this_item')}</Button>}
      <ul className="move-lines">
        {lines.map((line) => (
          <LineRow
            key={line.item_id}
            line={line}
            verb={verb}
            binStore={target}
            onChange={(next) => setLines((before) => before.map((one) => (one.item_id === next.item_id ? next : one)))}
            onRemove={() => setLines((before) => before.filter((one) => one.item_id !== line.item_id))}
          />
        ))}
      </ul>
      {!lines.length && <p className="muted">{t('stock.no_lines')}</p>}
      {fault && <p className="scan-fault" role="alert">{fault}</p>}
    </Dialog>
  )
}
