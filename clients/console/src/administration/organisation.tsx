// What the organisation is called, and its money, time and language.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions } from '@trunnion/kit/api'
import { Loading } from '@trunnion/kit/plain'
import { PageShell, RecordForm, Section, useApi, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useMemo, useRef } from 'react'
import { changedFacts, type Facts } from '../records/differences'
import { useMe } from '../session'

const CURRENCIES = ['CNY', 'EUR', 'USD', 'GBP', 'JPY', 'HKD', 'SGD', 'CHF', 'AUD', 'CAD', 'KRW', 'INR', 'VND', 'THB', 'MYR', 'AED', 'SAR', 'BRL', 'MXN', 'ZAR']

export default function Organisation() {
  const { t, language } = useWords()
  const me = useMe()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const intentions = useRef(new Intentions())
  const organisation = me?.organisation
  const fields = useMemo<FieldSpec[]>(() => {
    const names = new Intl.DisplayNames([language], { type: 'currency' })
    const currencies = [...new Set([...(organisation ? [organisation.currency] : []), ...CURRENCIES])]
    const zones = [...new Set([...(organisation ? [organisation.zone] : []), ...Intl.supportedValuesOf('timeZone')])]
    return [
      { key: 'name', type: 'text', words_key: 'admin.name', isRequired: true },
      { key: 'language', type: 'choice', words_key: 'admin.language', isRequired: true, help_key: 'admin.language_help', choices: ['zh-CN', 'en'].map((value) => ({ value, words_key: `kit.language.${value}` })) },
      { key: 'zone', type: 'choice', words_key: 'admin.zone', isRequired: true, choices: zones.map((value) => ({ value, words_key: '', label: value.replaceAll('_', ' ') })) },
      { key: 'currency', type: 'choice', words_key: 'admin.currency', isRequired: true, help_key: 'admin.currency_help', choices: currencies.map((value) => ({ value, words_key: '', label: `${value} · ${names.of(value) ?? ''}` })) },
    ]
  }, [language, organisation])
  if (!organisation) return <Loading />
  return (
    <PageShell title={t('nav.organisation')}>
      <div className="narrow">
        <Section>
          <RecordForm
            key={organisation.version}
            kind="identity.organisation"
            draft="identity.organisation.edit"
            fields={fields}
            initial={{ name: organisation.name, language: organisation.language, zone: organisation.zone, currency: organisation.currency }}
            onSubmit={async (values) => {
              const facts = changedFacts(fields, organisation as unknown as Facts, values)
              if (Object.keys(facts).length) await api.send({ method: 'PATCH', path: '/api/identity/organisation', body: facts, headers: { 'Idempotency-Key': intentions.current.keyOf(facts), 'If-Match': `"${organisation.version}"` } })
              await queries.invalidateQueries({ queryKey: ['me'] })
              toasts.good(t('kit.verb_done', { verb: t('verb.identity.organisation.edit') }))
            }}
            foot={(isSending) => <Button type="primary" htmlType="submit" loading={isSending}>{t('kit.save')}</Button>}
          />
        </Section>
      </div>
    </PageShell>
  )
}
