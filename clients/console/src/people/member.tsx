// One member: roles, and the way in or out.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { viewAs } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Facts, FormDialog, PageShell, Section, useApi, useRows, VerbBar, type FieldSpec, type Values } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { useGrant, useMe } from '../session'
import { MEMBERS, rolesField, SCOPES, type ScopeKind, type ScopeLine } from './data'
import { RoleSentence } from './roles'
import { WorkSection } from './resource'

const MEMBER = 'identity.membership'

interface Member {
  id: string
  version: number
  user_id: string
  name: string
  email: string
  is_active: boolean
  factors: number
  roles: { id: string; key: string; name: string }[]
  scopes: ScopeLine[]
}

const heirField: FieldSpec = {
  key: 'hand_over_to',
  type: 'reference',
  words_key: 'field.identity.membership.hand_over_to',
  help_key: 'people.hand_over_help',
  reference: { listing: MEMBERS, label: (row) => String(row.name), filter: () => ({ field: 'is_active', op: 'eq', value: true }) },
}

const reasonField: FieldSpec = { key: 'reason', type: 'text', words_key: 'field.identity.membership.reason', isRequired: true }

const scopeFields: FieldSpec[] = SCOPES.map(({ by, reference }) => ({ key: by, type: 'reference', words_key: `people.only.${by}`, reference, isMultiple: true }))

/** One choice for each way of narrowing, as the form has it. */
const scopesOf = (member: Member): Values => Object.fromEntries(SCOPES.map(({ by }) => [by, member.scopes.filter((line) => line.by === by).map((line) => line.target_id)]))

const scopeLines = (values: Values): ScopeLine[] => SCOPES.flatMap(({ by }) => ((values[by] as string[] | undefined) ?? []).map((target_id) => ({ by, target_id })))

function EditMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  return (
    <FormDialog
      kind={MEMBER}
      title={t('people.edit')}
      fields={[{ key: 'name', type: 'text', words_key: 'field.identity.membership.name', isRequired: true }, rolesField(words), ...scopeFields]}
      intro={t('people.scope_intro')}
      initial={{ name: member.name, roles: member.roles.map((role) => role.key), ...scopesOf(member) }}
      onClose={onClose}
      onSubmit={async (values) => {
        await api.edit('identity.member', member.id, member.version, { name: values.name, roles: values.roles, scopes: scopeLines(values) })
        await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(member.id) || queryKey.includes(MEMBERS) })
      }}
    />
  )
}

/** The parts that somebody sees, by name. */
function Parts({ by, ids }: { by: ScopeKind; ids: string[] }) {
  const { t, words, language } = useWords()
  const spec = SCOPES.find((one) => one.by === by)!.reference
  const rows = useRows(spec.listing, { filter: { field: 'id', op: 'in', value: ids }, limit: 100 }).data?.rows
  return <p><span className="muted">{t(`people.only.${by}`)}:</span> {rows ? rows.map((row) => spec.label(row, language)).join(words.list) : '…'}</p>
}

function RolesSection({ member }: { member: Member }) {
  const { t } = useWords()
  const parts = SCOPES.flatMap(({ by }) => {
    const ids = member.scopes.filter((line) => line.by === by).map((line) => line.target_id)
    return ids.length ? [<Parts key={by} by={by} ids={ids} />] : []
  })
  return (
    <Section title={t('people.may_title')}>
      {member.roles.map((role) => <RoleSentence key={role.id} id={role.id} />)}
      <h3 className="sub-title">{t('field.identity.membership.scopes')}</h3>
      {parts.length ? parts : <p>{t('people.sees_all')}</p>}
    </Section>
  )
}

export default function MemberPage() {
  const { t, formats } = useWords()
  const { id } = useParams({ from: '/inside/people/$id' })
  const api = useApi()
  const me = useMe()
  const mayEdit = useGrant('identity.membership.edit')
  const maySwitch = useGrant('identity.membership.deactivate')
  const mayReset = useGrant('identity.membership.reset_factors')
  const mayErase = useGrant('identity.membership.erase')
  const mayLook = useGrant('identity.membership.view_as')
  const mayRead = useGrant('workforce.labour_resource.read')
  const [isEditing, setEditing] = useState(false)
  const query = useQuery({ queryKey: ['detail', MEMBERS, id], queryFn: () => api.detail<Member>('identity.member', id) })
  const member = query.data
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  if (!member) return <Loading />
  const isSelf = member.user_id === me?.user.id
  const actions = [...(maySwitch && !isSelf ? [member.is_active ? 'deactivate' : 'reactivate'] : []), ...(mayReset && !isSelf && member.factors > 0 ? ['reset_factors'] : []), ...(mayErase && !isSelf && !member.is_active ? ['erase'] : [])]
  return (
    <PageShell
      title={member.name}
      over={<Link to="/people">{t('people.title')}</Link>}
      actions={
        <>
          <VerbBar target={{ kind: MEMBER, path: 'identity/members', id: member.id }} actions={actions} specs={{ deactivate: { fields: [heirField], intro_key: 'people.deactivate_intro', isDanger: true }, reactivate: { rank: 1 }, reset_factors: { fields: [], intro_key: 'security.reset_intro', isDanger: true }, erase: { fields: [reasonField], intro_key: 'security.erase_intro', isDanger: true } }} />
          {mayLook && !isSelf && member.is_active && <Button icon={<Eye size={15} />} onClick={() => viewAs({ id: member.id, name: member.name }, '/app/')}>{t('view_as.begin')}</Button>}
          {mayEdit && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
        </>
      }
    >
      <div className="narrow">
        <Section>
          <Facts
            facts={[
              { label: t('field.identity.membership.email'), value: member.email },
              { label: t('field.identity.membership.is_active'), value: t(member.is_active ? 'kit.yes' : 'kit.no') },
              { label: t('security.member_factors'), value: formats.number(member.factors) },
            ]}
          />
        </Section>
        <RolesSection member={member} />
        {mayRead && <WorkSection userId={member.user_id} name={member.name} />}
      </div>
      {isEditing && <EditMember member={member} onClose={() => setEditing(false)} />}
    </PageShell>
  )
}
