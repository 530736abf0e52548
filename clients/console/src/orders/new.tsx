// A new order from the desk: what, on which asset, how urgent.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Intentions } from '@trunnion/kit/api'
import { packed, PageShell, RecordForm, Section, useApi, useCustomFields, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { assetReference, locationReference } from '../assets/references'
import { ORDER } from './data'
import { ORDER_KINDS, PRIORITIES } from './edit'
import { linkSteps } from './verbs'

const choices = (name: string, values: string[]) => values.map((value) => ({ value, words_key: `choice.${ORDER}.${name}.${value}` }))

const fields: FieldSpec[] = [
  { key: 'title', type: 'text', words_key: 'field.work.order.title', isRequired: true, autoFocus: true },
  { key: 'asset_id', type: 'reference', words_key: 'field.work.order.asset_id', reference: assetReference, isHalf: true },
  { key: 'location_id', type: 'reference', words_key: 'field.work.order.location_id', reference: locationReference, isHalf: true, when: (values) => !values.asset_id },
  { key: 'kind', type: 'choice', words_key: 'field.work.order.kind', choices: choices('kind', ORDER_KINDS), isRequired: true, isHalf: true },
  { key: 'priority', type: 'choice', words_key: 'field.work.order.priority', choices: choices('priority', PRIORITIES), isRequired: true },
  { key: 'is_stopped', type: 'boolean', words_key: 'order.is_stopped_question', when: (values) => Boolean(values.asset_id) && values.kind === 'corrective' },
  { key: 'description', type: 'longtext', words_key: 'field.work.order.description' },
  { key: 'due_at', type: 'datetime', words_key: 'field.work.order.due_at', isHalf: true },
  { key: 'file_ids', type: 'photos', words_key: 'order.photos' },
]

export default function NewOrder() {
  const { t } = useWords()
  const api = useApi()
  const navigate = useNavigate()
  const { asset } = useSearch({ from: '/inside/orders/new' })
  const intentions = useRef(new Intentions())
  const [typed, setTyped] = useState<Values>({ asset_id: asset })
  const own = useCustomFields(ORDER, typed.asset_id)
  return (
    <PageShell title={t('order.new')}>
      <div className="narrow">
        <Section>
          <RecordForm
            draft="work.order.create"
            fields={[...fields, ...own]}
            onValues={setTyped}
            initial={{ kind: 'corrective', priority: 'normal', asset_id: asset }}
            onSubmit={async (values) => {
              const { file_ids, ...facts } = values
              const outcome = await api.create(ORDER, packed(facts), intentions.current.keyOf(facts))
              for (const { path, args } of linkSteps(file_ids, outcome.id, 'photo')) await api.act(path, args, intentions.current.keyOf(path, args))
              await navigate({ to: '/orders/$id', params: { id: outcome.id } })
            }}
            foot={(isSending) => <Button type="primary" htmlType="submit" loading={isSending}>{t('order.create')}</Button>}
          />
        </Section>
      </div>
    </PageShell>
  )
}
