// Roles: what each opens, told in sentences; own roles are made and changed here.
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Failed, Loading } from '@trunnion/kit/plain'
import { DraftDialog, Section, useApi, useRows, useSending } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { GrantPicker, inShort } from '../administration/grants'
import { useGrant, useMe } from '../session'
import { roleName, ROLES, useRole, type Role } from './data'

export function RoleSentence({ id }: { id: string }) {
  const { words } = useWords()
  const role = useRole(id).data
  if (!role) return <Loading lines={1} />
  return (
    <p className="role-sentence">
      <Link to="/people/roles/$id" params={{ id }}><strong>{roleName(role, words)}</strong></Link>
      <span className="row-sub-wrap">{inShort(role.grants, words)}</span>
    </p>
  )
}

/** A key that the server takes, from whatever the role is called. */
const keyOfName = (name: string): string => {
  const plain = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 40)
  return plain.length > 1 ? plain : `role_${Date.now().toString(36)}`
}

export function RoleForm({ role, onClose }: { role?: Role; onClose: () => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const own = useMe()?.grants ?? []
  const sending = useSending({
    initial: () => ({ name: role ? roleName(role, words) : '', grants: role?.grants ?? [] }),
    send: async (typed, keyOf) => {
      const facts = { name: typed.name.trim(), grants: typed.grants }
      if (role) await api.edit('identity.role', role.id, role.version, facts, keyOf(facts))
      else await api.create('identity.role', { key: keyOfName(typed.name), ...facts }, keyOf(facts))
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(ROLES) })
    },
    onClose,
  })
  const { draft, set, form } = sending
  return (
    <DraftDialog title={t(role ? 'verb.identity.role.edit' : 'verb.identity.role.create')} kind="identity.role" sending={sending} isReady={draft.name.trim() !== '' && draft.grants.length > 0}>
      {role?.is_shipped && <p className="dialog-intro">{t('people.role_shipped')}</p>}
      <label htmlFor={`${form}-name`}>{t('column.identity.roles.name')}</label>
      <Input id={`${form}-name`} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
      <span className="label-like">{t('people.may_title')}</span>
      <GrantPicker label={t('people.may_title')} offered={own} value={draft.grants} onChange={(grants) => set({ grants })} />
    </DraftDialog>
  )
}

export default function Roles() {
  const { t } = useWords()
  const rows = useRows(ROLES, { limit: 100 })
  const mayCreate = useGrant('identity.role.create')
  const [isAdding, setAdding] = useState(false)
  if (rows.error) return <Failed error={rows.error} />
  if (!rows.data) return <Loading />
  return (
    <div className="tab-scroll">
      <div className="narrow-wide">
        <Section title={t('people.roles')} isBare extra={mayCreate && <Button type="text" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t('verb.identity.role.create')}</Button>}>
          <ul className="rows">{rows.data.rows.map((row) => <li key={row.id} className="role-row"><RoleSentence id={row.id} /></li>)}</ul>
        </Section>
      </div>
      {isAdding && <RoleForm onClose={() => setAdding(false)} />}
    </div>
  )
}
