// The working side of a person: whether work can be given to them, their phone, what an hour costs.
import { Empty, Loading } from '@trunnion/kit/plain'
import { Facts, FormDialog, Section, useSteps, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState } from 'react'
import { useGrant } from '../session'
import { phoneField, rateField, rateStep, RESOURCES, useResourceOf, type Resource } from './data'

const RATE: FieldSpec[] = [{ ...rateField, isRequired: true, autoFocus: true }, { key: 'from_on', type: 'date', words_key: 'field.workforce.rate.from_on', isRequired: true, isHalf: true }]

function SetRate({ resource }: { resource: Resource }) {
  const { t, formats } = useWords()
  const [isOpen, setOpen] = useState(false)
  const run = useSteps(resource.id)
  if (!useGrant('workforce.rate.set')) return null
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)}>{t('verb.workforce.rate.set')}</Button>
      {isOpen && <FormDialog kind="workforce.rate" title={t('verb.workforce.rate.set')} fields={RATE} initial={{ from_on: formats.today() }} onClose={() => setOpen(false)} onSubmit={async ({ amount, from_on }) => { await run([rateStep(resource.id, amount, from_on)]) }} />}
    </>
  )
}

function Known({ resource }: { resource: Resource }) {
  const { t, formats } = useWords()
  const run = useSteps(resource.id)
  const verb = resource.actions.find((one) => one === 'deactivate' || one === 'reactivate')
  return (
    <>
      <Facts
        facts={[
          { label: t('field.workforce.labour_resource.is_active'), value: t(resource.is_active ? 'kit.yes' : 'kit.no') },
          { label: t('field.workforce.labour_resource.code'), value: resource.code },
          { label: t('field.workforce.labour_resource.phone'), value: resource.phone },
          ...(resource.rates ?? []).map((rate, index) => ({
            label: index === 0 ? t('field.workforce.labour_resource.rates') : '',
            value: <>{formats.money(rate.amount, rate.currency)} <span className="muted">{t('people.rate_from', { day: formats.date(rate.from_on) })}{rate.craft && ` · ${rate.craft}`}</span></>,
          })),
        ]}
      />
      {verb && <p className="section-act"><Button danger={verb === 'deactivate'} onClick={() => void run([{ path: `${RESOURCES}/${resource.id}/${verb}`, args: {} }])}>{t(`verb.workforce.labour_resource.${verb}`)}</Button></p>}
    </>
  )
}

export function WorkSection({ userId, name }: { userId: string; name: string }) {
  const { t, formats } = useWords()
  const [isOpen, setOpen] = useState(false)
  const resource = useResourceOf(userId)
  const mayCreate = useGrant('workforce.labour_resource.create')
  const run = useSteps(RESOURCES)

  async function create({ phone, amount }: Record<string, unknown>): Promise<void> {
    const made = await run([{ path: `${RESOURCES}/create`, args: { name, user_id: userId, phone: phone ?? '' } }])
    if (made && amount !== undefined) await run([rateStep(made.id, amount, formats.today())])
  }

  return (
    <Section title={t('people.work')} extra={resource ? <SetRate resource={resource} /> : null}>
      {resource === undefined ? <Loading lines={2} /> : resource ? <Known resource={resource} /> : (
        <Empty title={t('people.no_work')} action={mayCreate && <Button onClick={() => setOpen(true)}>{t('people.make_engineer')}</Button>} />
      )}
      {isOpen && <FormDialog kind="workforce.labour_resource" title={t('people.make_engineer')} fields={[phoneField, rateField]} onClose={() => setOpen(false)} onSubmit={create} />}
    </Section>
  )
}
