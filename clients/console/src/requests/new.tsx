// The desk takes a call: who, which machine, what, is it stopped; what is known already stands beside it.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Intentions, problemWords } from '@trunnion/kit/api'
import { packed, PageShell, RecordForm, Section, useApi, useCustomFields, useToasts, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { assetReference, locationReference } from '../assets/references'
import { choices } from '../orders/verbs'
import { partyReference } from '../references'
import { KINDS, NEEDS_ORDER, priority, REQUEST } from './data'
import { KnownSection } from './known'

const field = (key: string): string => `field.${REQUEST}.${key}`
const FIELDS: FieldSpec[] = [
  { key: 'channel', type: 'choice', words_key: field('channel'), choices: choices(['phone', 'desk', 'email'], `choice.${REQUEST}.channel`), isRequired: true },
  { key: 'reporter_name', type: 'text', words_key: field('reporter_name'), isHalf: true, autoFocus: true, autoComplete: 'off' },
  { key: 'reporter_contact', type: 'text', words_key: field('reporter_contact'), isHalf: true, autoComplete: 'off' },
  { key: 'asset_id', type: 'reference', words_key: field('asset_id'), reference: assetReference, help_key: 'request.asset_help' },
  { key: 'location_id', type: 'reference', words_key: field('location_id'), reference: locationReference, isHalf: true, when: (values) => !values.asset_id },
  { key: 'customer_id', type: 'reference', words_key: field('customer_id'), reference: partyReference, isHalf: true, when: (values) => !values.asset_id },
  { key: 'kind', type: 'choice', words_key: field('kind'), choices: choices(KINDS, `choice.${REQUEST}.kind`), isRequired: true },
  { key: 'text', type: 'longtext', words_key: field('text'), isRequired: true },
  { key: 'is_stopped', type: 'boolean', words_key: 'order.is_stopped_question', when: (values) => values.kind === 'fault' },
  { key: 'as_order', type: 'boolean', words_key: field('as_order'), when: (values) => !NEEDS_ORDER.has(values.kind) },
  { ...priority, when: (values) => NEEDS_ORDER.has(values.kind) || values.as_order === true },
  { key: 'file_ids', type: 'photos', words_key: field('file_ids') },
]

export default function NewRequest() {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const navigate = useNavigate()
  const { asset } = useSearch({ from: '/inside/requests/new' })
  const intentions = useRef(new Intentions())
  const [typed, setTyped] = useState<Values>({ asset_id: asset })
  const [isBusy, setBusy] = useState(false)
  const own = useCustomFields(REQUEST)

  async function create(facts: Values): Promise<string> {
    return (await api.create(REQUEST, packed(facts), intentions.current.keyOf(facts))).id
  }

  async function take(facts: Values): Promise<void> {
    const id = await create(facts)
    const { order } = await api.detail<{ order: { id: string } | null }>(REQUEST, id)
    if (order) await navigate({ to: '/orders/$id', params: { id: order.id } })
    else await navigate({ to: '/requests/$id', params: { id } })
  }

  /** Written down all the same, so that this caller is told as well how it goes on. */
  async function join(requestId: string): Promise<void> {
    if (!typed.text) return toasts.bad(t('request.say_first'))
    setBusy(true)
    try {
      const said = Object.fromEntries(Object.entries(typed).filter(([key, value]) => key !== 'priority' && value !== undefined && value !== null && value !== ''))
      const facts = { ...said, as_order: false }
      const id = await create(facts)
      await api.verb(REQUEST, id, 'merge', { into_id: requestId }, { key: intentions.current.keyOf(id, requestId) })
      toasts.good(t('request.joined'))
      await navigate({ to: '/requests/$id', params: { id: requestId } })
    } catch (error) {
      toasts.bad(problemWords(words, error, REQUEST))
      setBusy(false)
    }
  }

  const assetId = typeof typed.asset_id === 'string' ? typed.asset_id : undefined
  return (
    <PageShell title={t('request.take')} over={t('request.take_intro')}>
      <div className="split">
        <div className="split-main">
          <Section>
            <RecordForm
              kind={REQUEST}
              draft="service.request.create"
              fields={[...FIELDS, ...own]}
              initial={{ channel: 'phone', kind: 'fault', asset_id: asset }}
              onValues={setTyped}
              onSubmit={take}
              foot={(isSending) => <Button type="primary" htmlType="submit" loading={isSending} disabled={isBusy}>{t(NEEDS_ORDER.has(typed.kind ?? 'fault') || typed.as_order === true ? 'request.make_order' : 'request.keep')}</Button>}
            />
          </Section>
        </div>
        <div className="split-side">
          {assetId ? <KnownSection assetId={assetId} isBusy={isBusy} onSame={(id) => void join(id)} /> : <Section title={t('request.known')}><p className="muted">{t('request.known_hint')}</p></Section>}
        </div>
      </div>
    </PageShell>
  )
}
