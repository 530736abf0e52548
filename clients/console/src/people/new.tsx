// A new person with a login and roles.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions } from '@trunnion/kit/api'
import { FormDialog, useApi, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useRef } from 'react'
import { roleName, ROLES, USERS } from './data'

const PERSON: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: 'field.identity.user.name', isRequired: true, autoFocus: true },
  { key: 'email', type: 'text', words_key: 'field.identity.user.email', isRequired: true, autoComplete: 'off' },
  { key: 'password', type: 'password', words_key: 'field.identity.user.password', isRequired: true, autoComplete: 'new-password' },
  { key: 'role_ids', type: 'reference', words_key: 'field.identity.user.roles', isRequired: true, isMultiple: true, reference: { listing: ROLES, label: roleName } },
]

export function NewPerson({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const intentions = useRef(new Intentions())
  return (
    <FormDialog
      title={t('people.new')}
      fields={PERSON}
      onClose={onClose}
      onSubmit={async (values) => {
        await api.create('identity.user', values, intentions.current.keyOf(values))
        await queries.invalidateQueries({ queryKey: ['list', USERS] })
      }}
    />
  )
}
