// One role, whole: what it opens and what it does not, room by room.
import { useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState } from 'react'
import { GrantSentences } from '../administration/grants'
import { useGrant, useMe } from '../session'
import { roleName, ROLES, useRole, type Role } from './data'
import { RoleForm } from './roles'

function FactorSection({ role, mayRequire }: { role: Role; mayRequire: boolean }) {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const queries = useQueryClient()
  const [isBusy, setBusy] = useState(false)

  async function turn(): Promise<void> {
    setBusy(true)
    try {
      await api.act(`${ROLES}/${role.id}/require_factor`, { is_needed: !role.needs_factor })
      // It may be a role of one's own.
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(role.id) || queryKey[0] === 'me' })
      toasts.good(t('kit.verb_done', { verb: t('verb.identity.role.require_factor') }))
    } catch (error) {
      toasts.bad(problemWords(words, error))
    }
    setBusy(false)
  }

  return (
    <Section title={t('security.role')} extra={mayRequire && <Button loading={isBusy} onClick={() => void turn()}>{t(role.needs_factor ? 'security.role_release' : 'security.role_require')}</Button>}>
      <p>{t(role.needs_factor ? 'security.role_needed' : 'security.role_free')}</p>
    </Section>
  )
}

export default function RolePage() {
  const { t, words, formats } = useWords()
  const { id } = useParams({ from: '/inside/people/roles/$id' })
  const all = useMe()?.grants ?? []
  const mayEdit = useGrant('identity.role.edit')
  const mayRequire = useGrant('identity.role.require_factor')
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
      <div className="narrow-wide">
        <FactorSection role={role} mayRequire={mayRequire} />
        <Section><GrantSentences grants={role.grants} all={all} /></Section>
      </div>
      {isEditing && <RoleForm role={role} onClose={() => setEditing(false)} />}
    </PageShell>
  )
}
