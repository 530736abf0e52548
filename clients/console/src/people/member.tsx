// One member: roles, and the way in or out.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, FormDialog, PageShell, Section, useApi, VerbBar } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState } from 'react'
import { useGrant, useMe } from '../session'
import { MEMBERS, rolesField } from './data'
import { WorkSection } from './resource'

const MEMBER = 'identity.membership'

interface Member {
  id: string
  version: number
  user_id: string
  name: string
  email: string
  is_active: boolean
  roles: { id: string; key: string; name: string }[]
}

function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  return (
    <FormDialog
      kind={MEMBER}
      title={t('people.edit')}
      fields={[{ key: 'name', type: 'text', words_key: 'field.identity.membership.name', isRequired: true }, rolesField(words)]}
      initial={{ name: member.name, roles: member.roles.map((role) => role.key) }}
      onClose={onClose}
      onSubmit={async (values) => {
        await api.edit('identity.member', member.id, member.version, values)
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(member.id) || queryKey.includes(MEMBERS) })
      }}
    />
  )
}

export default function MemberPage() {
  const { t, words } = useWords()
  const { id } = useParams({ from: '/inside/people/$id' })
  const api = useApi()
  const me = useMe()
  const mayEdit = useGrant('identity.membership.edit')
  const maySwitch = useGrant('identity.membership.deactivate')
  const mayRead = useGrant('workforce.labour_resource.read')
  const [isEditing, setEditing] = useState(false)
  const query = useQuery({ queryKey: ['detail', MEMBERS, id], queryFn: () => api.detail<Member>('identity.member', id) })
  const member = query.data
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!member) return <Loading />
  const isSelf = member.user_id === me?.user.id
  const actions = maySwitch && !isSelf ? [member.is_active ? 'deactivate' : 'reactivate'] : []
  return (
    <PageShell
      title={member.name}
      over={<Link to="/people">{t('people.title')}</Link>}
      actions={
        <>
          <VerbBar target={{ kind: MEMBER, path: 'identity/members', id: member.id }} actions={actions} specs={{ deactivate: { intro_key: 'people.deactivate_intro', isDanger: true }, reactivate: { rank: 1 } }} />
          {mayEdit && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
        </>
      }
    >
      <div className="narrow">
        <Section>
          <Facts
            facts={[
              { label: t('field.identity.membership.email'), value: member.email },
              { label: t('field.identity.membership.roles'), value: member.roles.map((role) => (words.has(`role.${role.key}`) ? words.t(`role.${role.key}`) : role.name)).join(words.list) },
              { label: t('field.identity.membership.is_active'), value: t(member.is_active ? 'kit.yes' : 'kit.no') },
            ]}
          />
        </Section>
        {mayRead && <WorkSection userId={member.user_id} name={member.name} />}
      </div>
      {isEditing && <EditMember member={member} onClose={() => setEditing(false)} />}
    </PageShell>
  )
}
