// A new member with a login and roles.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions } from '@trunnion/kit/api'
import { FormDialog, useApi, type FieldSpec } from '@trunnion/kit/ui'
import { useWords, type Words } from '@trunnion/kit/words'
import { useRef } from 'react'
import { MEMBERS, rolesField } from './data'

const fields = (words: Words): FieldSpec[] => [
  { key: 'name', type: 'text', words_key: 'field.identity.membership.name', isRequired: true },
  { key: 'email', type: 'text', words_key: 'field.identity.membership.email', isRequired: true, autoComplete: 'off' },
  { key: 'password', type: 'password', words_key: 'people.first_password', isRequired: true, autoComplete: 'new-password' },
  rolesField(words),
]

export function NewPerson({ onClose }: { onClose: () => void }) {
  const { t, words, language } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const intentions = useRef(new Intentions())
  return (
    <FormDialog
      kind="identity.membership"
      title={t('people.new')}
      fields={fields(words)}
      onClose={onClose}
      onSubmit={async (values) => {
        const body = { ...values, language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
        await api.create('identity.member', body, intentions.current.keyOf(body))
        await queries.invalidateQueries({ queryKey: ['list', MEMBERS] })
      }}
    />
  )
}
