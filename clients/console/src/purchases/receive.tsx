// What came of a purchase, line by line with its inspection; and what goes back.
import { FormDialog, useSteps, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useUnitName } from '../items/data'
import { useMe } from '../session'
import { LINE, openOf, PURCHASE, PURCHASES, type Purchase, type PurchaseLine } from './data'

const word = (key: string): string => `field.${PURCHASE}.${key}`
const split = (text: unknown): string[] => String(text ?? '').split(/[\s,;，；、]+/).filter(Boolean)
const has = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && Number(value) !== 0

interface ReceiveProps {
  purchase: Purchase
  lines: PurchaseLine[]
  onClose: () => void
}

export function ReceiveForm({ purchase, lines, onClose }: ReceiveProps) {
  const { t } = useWords()
  const unitName = useUnitName()
  const home = useMe()?.organisation.currency
  const run = useSteps(purchase.id)
  const fields: FieldSpec[] = [
    { key: 'paper', type: 'text', words_key: word('paper'), autoFocus: true },
    ...(purchase.currency === home ? [] : [{ key: 'rate', type: 'number', words_key: word('rate'), min: 0, isRequired: true } as FieldSpec]),
    ...lines.flatMap((line): FieldSpec[] => [
      { key: `accepted:${line.id}`, type: 'number', words_key: '', label: `${line.item_code} ${line.item_name}: ${t(`field.${LINE}.accepted`)}`, unit: unitName(line.unit), min: 0, isHalf: true },
      { key: `rejected:${line.id}`, type: 'number', words_key: '', label: t(`field.${LINE}.rejected`), unit: unitName(line.unit), min: 0, isHalf: true },
      { key: `reason:${line.id}`, type: 'text', words_key: '', label: t('purchase.rejected_because'), isRequired: true, when: (values) => has(values[`rejected:${line.id}`]) },
      ...(line.item_tracked_by === 'lot' ? [
        { key: `lot:${line.id}`, type: 'text', words_key: '', label: t(word('lot')), isHalf: true, when: (values) => has(values[`accepted:${line.id}`]) },
        { key: `expires:${line.id}`, type: 'date', words_key: '', label: t(`field.${LINE}.expires_on`), isHalf: true, when: (values) => has(values[`accepted:${line.id}`]) },
      ] satisfies FieldSpec[] : []),
      ...(line.item_tracked_by === 'serial' ? [{ key: `serials:${line.id}`, type: 'longtext', words_key: '', label: t(word('serials')), when: (values) => has(values[`accepted:${line.id}`]) } satisfies FieldSpec] : []),
    ]),
  ]

  async function receive(values: Record<string, unknown>): Promise<void> {
    const came = lines.filter((line) => has(values[`accepted:${line.id}`]) || has(values[`rejected:${line.id}`])).map((line) => ({
      line_id: line.id, accepted: String(values[`accepted:${line.id}`] ?? 0), rejected: String(values[`rejected:${line.id}`] ?? 0),
      reason: values[`reason:${line.id}`] ?? '', lot: values[`lot:${line.id}`] ?? '', expires_on: values[`expires:${line.id}`] ?? null, serials: split(values[`serials:${line.id}`]),
    }))
    await run(
      [{ path: `${PURCHASES}/${purchase.id}/receive`, args: { lines: came, paper: values.paper ?? '', ...(has(values.rate) ? { rate: String(values.rate) } : {}) } }],
      t('kit.verb_done', { verb: t(`verb.${PURCHASE}.receive`) }),
    )
  }

  const initial = Object.fromEntries(lines.map((line) => [`accepted:${line.id}`, openOf(line)]))
  return <FormDialog kind={PURCHASE} title={`${t(`verb.${PURCHASE}.receive`)}: ${purchase.number}`} intro={t('purchase.receive_intro')} fields={fields} initial={initial} onClose={onClose} onSubmit={receive} />
}

export function SendBackForm({ purchase, onClose }: { purchase: Purchase; onClose: () => void }) {
  const { t } = useWords()
  const run = useSteps(purchase.id)
  const there = purchase.lines.filter((line) => Number(line.received) > Number(line.returned))
  const lineOf = (values: Record<string, unknown>): PurchaseLine | undefined => there.find((line) => line.id === values.line_id)
  const fields: FieldSpec[] = [
    { key: 'line_id', type: 'choice', words_key: word('line_id'), isRequired: true, choices: there.map((line) => ({ value: line.id, words_key: '', label: `${line.item_code} ${line.item_name}` })) },
    { key: 'quantity', type: 'number', words_key: word('quantity'), min: 0, isRequired: true, isHalf: true },
    { key: 'lot', type: 'text', words_key: word('lot'), isHalf: true, when: (values) => lineOf(values)?.item_tracked_by === 'lot' },
    { key: 'serials', type: 'longtext', words_key: word('serials'), when: (values) => lineOf(values)?.item_tracked_by === 'serial' },
    { key: 'reason', type: 'longtext', words_key: word('reason'), isRequired: true },
    { key: 'paper', type: 'text', words_key: 'purchase.return_slip' },
  ]

  async function sendBack({ quantity, serials, ...rest }: Record<string, unknown>): Promise<void> {
    await run([{ path: `${PURCHASES}/${purchase.id}/send_back`, args: { ...rest, quantity: String(quantity), serials: split(serials) } }], t('kit.verb_done', { verb: t(`verb.${PURCHASE}.send_back`) }))
  }

  return <FormDialog kind={PURCHASE} title={`${t(`verb.${PURCHASE}.send_back`)}: ${purchase.number}`} fields={fields} initial={there.length === 1 ? { line_id: there[0]!.id } : {}} onClose={onClose} onSubmit={sendBack} />
}
