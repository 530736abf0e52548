// An invitation: roles and the part that somebody will see, a link and a code to hand out.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions } from '@trunnion/kit/api'
import { Dialog, FormDialog, useApi, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords, type Words } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Secret } from '../records/secret'
import { INVITATIONS, rolesField } from './data'

interface Invited {
  link: string
  picture: string
  expires_at: string
}

const fields = (words: Words): FieldSpec[] => [
  rolesField(words),
  { key: 'email', type: 'text', words_key: 'field.identity.invitation.email', help_key: 'invite.email_help', autoComplete: 'off' },
  { key: 'days', type: 'number', words_key: 'field.identity.invitation.days', isRequired: true, min: 1, max: 90, isHalf: true },
  { key: 'most', type: 'number', words_key: 'field.identity.invitation.most', isRequired: true, min: 1, max: 500, isHalf: true, when: (values: Values) => !values.email },
]

function Made({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const { t, formats } = useWords()
  return (
    <Dialog title={t('invite.made')} onClose={onClose} foot={<Button type="primary" onClick={onClose}>{t('kit.close')}</Button>}>
      <p className="dialog-intro">{t('invite.shown_once', { time: formats.date(invited.expires_at) })}</p>
      <Secret value={invited.link} label={t('field.identity.invitation.token')} copied={t('invite.copied')} />
      <img className="invite-code" src={invited.picture} alt={t('invite.code')} />
    </Dialog>
  )
}

export default function Invite({ onClose }: { onClose: () => void }) {
  const { t, words, language } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const intentions = useRef(new Intentions())
  const [invited, setInvited] = useState<Invited | null>(null)
  if (invited) return <Made invited={invited} onClose={onClose} />
  return (
    <FormDialog
      kind="identity.invitation"
      title={t('verb.identity.invitation.create')}
      fields={fields(words)}
      initial={{ days: 7, most: 1 }}
      keepsOpen
      onClose={onClose}
      onSubmit={async (values) => {
        const facts = { roles: values.roles, email: values.email || null, days: values.days, most: values.email ? 1 : values.most, language }
        setInvited((await api.create('identity.invitation', facts, intentions.current.keyOf(facts))) as unknown as Invited)
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(INVITATIONS) })
      }}
    />
  )
}
