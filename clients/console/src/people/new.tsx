// A new person: a login with roles, and in the same step somebody who can be given work.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions, type Api } from '@trunnion/kit/api'
import { FormDialog, useApi, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords, type Words } from '@trunnion/kit/words'
import { useRef } from 'react'
import { useGrant, useMe } from '../session'
import { MEMBERS, phoneField, rateField, rateStep, RESOURCES, rolesField } from './data'

const works = (values: Values): boolean => values.is_engineer === true

function fields(words: Words, mayWork: boolean): FieldSpec[] {
  const login: FieldSpec[] = [
    { key: 'name', type: 'text', words_key: 'field.identity.membership.name', isRequired: true, autoFocus: true },
    { key: 'email', type: 'text', words_key: 'field.identity.membership.email', isRequired: true, autoComplete: 'off' },
    { key: 'password', type: 'password', words_key: 'people.first_password', isRequired: true, autoComplete: 'new-password', help_key: 'people.first_password_help' },
    rolesField(words),
  ]
  if (!mayWork) return login
  return [...login, { key: 'is_engineer', type: 'boolean', words_key: 'people.is_engineer', isRequired: true }, { ...phoneField, when: works }, { ...rateField, when: works }]
}

/** Each step keeps its key, so that trying again after a refusal does nothing twice. */
async function add(api: Api, intentions: Intentions, values: Values, login: object, today: string): Promise<void> {
  const { is_engineer, phone, amount, ...person } = values
  const body = { ...person, ...login }
  const member = await api.create('identity.member', body, intentions.keyOf(body))
  if (!is_engineer) return
  const { user_id } = await api.detail<{ user_id: string }>('identity.member', member.id)
  const facts = { name: person.name, user_id, phone: phone ?? '' }
  const resource = await api.create('workforce.labour_resource', facts, intentions.keyOf(facts))
  if (amount === undefined) return
  const { path, args } = rateStep(resource.id, amount, today)
  await api.act(path, args, intentions.keyOf(path, args))
}

export default function NewPerson({ onClose }: { onClose: () => void }) {
  const { t, words, formats, language } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const zone = useMe()?.zone
  const mayWork = useGrant('workforce.labour_resource.create')
  const intentions = useRef(new Intentions())
  return (
    <FormDialog
      kind="identity.membership"
      title={t('people.new')}
      fields={fields(words, mayWork)}
      initial={{ is_engineer: false }}
      onClose={onClose}
      onSubmit={async (values) => {
        await add(api, intentions.current, values, { language, zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone }, formats.today())
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(MEMBERS) || queryKey.includes(RESOURCES) })
      }}
    />
  )
}
