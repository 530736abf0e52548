// Asking for equipment: what, how many, for where and for how much; idle equipment that fits is shown beside it.
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Intentions, problemWords } from '@trunnion/kit/api'
import { Dialog, RecordForm, StateTag, useApi, useRows, useToasts, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Recycle } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useGrant, useMe } from '../session'
import { ASSET, ASSETS } from './data'
import { locationReference, modelReference } from './references'
import { paperArgs } from './verbs'

const word = (key: string): string => `field.${ASSET}.${key}`

const FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: word('name'), isRequired: true, autoFocus: true },
  { key: 'model_id', type: 'reference', words_key: word('model_id'), reference: modelReference },
  { key: 'quantity', type: 'number', words_key: word('quantity'), isHalf: true, min: 1, max: 200 },
  { key: 'needed_on', type: 'date', words_key: word('needed_on'), isHalf: true },
  { key: 'location_id', type: 'reference', words_key: word('location_id'), reference: locationReference },
  { key: 'amount', type: 'number', words_key: word('amount'), isHalf: true, min: 0, help_key: 'life.amount_help' },
  { key: 'remark', type: 'longtext', words_key: word('remark') },
  { key: 'paper_file_id', type: 'files', isSingle: true, words_key: word('paper_file_id') },
]

/** The same class as the model that is asked for; without a model, what is called so. */
function Fitting({ values }: { values: Values }) {
  const { t } = useWords()
  const mayRead = useGrant('assets.idle_finding.read')
  const modelId = typeof values.model_id === 'string' ? values.model_id : undefined
  const model = useRows('catalog/models', { filter: { field: 'id', op: 'eq', value: modelId }, limit: 1 }, mayRead && modelId !== undefined).data?.rows[0]
  const path = modelId ? String(model?.class_path ?? '') : ''
  const rows = useRows('assets/idle_findings', {
    filter: { and: [{ field: 'state', op: 'in', value: ['found', 'offered'] }, { field: 'equipment_class_path', op: 'starts', value: path }] }, sort: '-idle_days', limit: 5,
  }, mayRead && path !== '').data?.rows ?? []
  if (!path || !rows.length) return null
  return (
    <div className="duplicates" role="status">
      <strong><Recycle size={14} aria-hidden /> {t('watch.fits')}</strong>
      {rows.map((row) => <span key={row.id}><Link to="/idle/$id" params={{ id: row.id }}>{String(row.asset_number)} {String(row.asset_name)}</Link> <StateTag kind="assets.idle_finding" state={String(row.state)} /> <span className="muted">{[row.site, row.location].filter(Boolean).join(' · ')}</span></span>)}
    </div>
  )
}

export default function RequestNew({ onClose }: { onClose: () => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const toasts = useToasts()
  const form = useId()
  const home = useMe()?.organisation.currency ?? ''
  const intentions = useRef(new Intentions())
  const [values, setValues] = useState<Values>({})
  const [isSending, setSending] = useState(false)

  async function send(typed: Values): Promise<void> {
    const args = paperArgs({ ...typed, currency: home })
    const made = await api.act(`${ASSETS}/request_new`, args, intentions.current.keyOf(args))
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' })
    toasts.good(t(made.approval_id ? 'kit.verb_waits' : 'kit.verb_done', { verb: t(`verb.${ASSET}.request_new`) }))
    onClose()
    await navigate({ to: '/assets/$id', params: { id: made.id } }).catch((error: unknown) => toasts.bad(problemWords(words, error)))
  }

  const foot = (
    <>
      <Button onClick={onClose}>{t('kit.cancel')}</Button>
      <Button type="primary" htmlType="submit" form={form} loading={isSending}>{t(`verb.${ASSET}.request`)}</Button>
    </>
  )
  return (
    <Dialog title={t(`verb.${ASSET}.request_new`)} onClose={onClose} foot={foot}>
      <Fitting values={values} />
      <RecordForm id={form} kind={ASSET} fields={FIELDS} initial={{ quantity: 1 }} onValues={setValues} onSending={setSending} onSubmit={send} />
    </Dialog>
  )
}
