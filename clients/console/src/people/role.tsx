// One role, whole: what it opens and what it does not, room by room.
import { Link, useParams } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState } from 'react'
import { GrantSentences } from '../administration/grants'
import { useGrant, useMe } from '../session'
import { roleName, useRole } from './data'
import { RoleForm } from './roles'

export default function RolePage() {
  const { t, words, formats } = useWords()
  const { id } = useParams({ from: '/inside/people/roles/$id' })
  const all = useMe()?.grants ?? []
  const mayEdit = useGrant('identity.role.edit')
  const [isEditing, setEditing] = useState(false)
  const query = useRole(id)
  const role = query.data
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!role) return <Loading />
  return (
    <PageShell
      title={roleName(role, words)}
      over={<><Link to="/people">{t('people.title')}</Link> <span aria-hidden>/</span> {t(role.is_shipped ? 'people.role_of_house' : 'people.role_own')}</>}
      tags={<span className="muted">{t('people.holders', { count: formats.number(role.holders) })}</span>}
      actions={mayEdit && role.key !== 'owner' && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
    >
      <div className="narrow-wide"><Section><GrantSentences grants={role.grants} all={all} /></Section></div>
      {isEditing && <RoleForm role={role} onClose={() => setEditing(false)} />}
    </PageShell>
  )
}
