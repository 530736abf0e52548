// Who may sign in, and which roles there are.
import { Link } from '@tanstack/react-router'
import { DataTable, PageShell, type ListState } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tabs } from 'antd'
import { Mail, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { ImportLink } from '../imports/link'
import { useGrant } from '../session'
import { INVITATIONS, MEMBERS, RESOURCES } from './data'

const Invite = lazy(() => import('./invite'))
const NewPerson = lazy(() => import('./new'))
const Roles = lazy(() => import('./roles'))

export default function People() {
  const { t } = useWords()
  const [state, setState] = useState<ListState>({})
  const [work, setWork] = useState<ListState>({})
  const [sent, setSent] = useState<ListState>({})
  const [isInviting, setInviting] = useState(false)
  const mayInvite = useGrant('identity.invitation.create')
  const [isAdding, setAdding] = useState(false)
  const mayAdd = useGrant('identity.membership.create')
  const members = (
    <DataTable
      listing={MEMBERS}
      state={state}
      onState={setState}
      columns={['name', 'email', 'is_active', 'created_at']}
      lead="name"
      link={(row, content) => <Link to="/people/$id" params={{ id: row.id }}>{content}</Link>}
    />
  )
  const invitations = (
    <DataTable
      listing={INVITATIONS}
      state={sent}
      onState={setSent}
      columns={['name', 'email', 'standing', 'used', 'most', 'invited_by', 'expires_at']}
      lead="name"
      link={(_, content) => content}
    />
  )
  const workers = (
    <DataTable
      listing={RESOURCES}
      state={work}
      onState={setWork}
      columns={['name', 'kind', 'code', 'phone', 'party', 'is_active']}
      lead="name"
      link={(_, content) => content}
    />
  )
  return (
    <PageShell isFilling title={t('people.title')} actions={
        <>
          <ImportLink target="labour" />
          {mayInvite && <Button icon={<Mail size={15} />} onClick={() => setInviting(true)}>{t('invite.open')}</Button>}
          {mayAdd && <Button type="primary" icon={<Plus size={16} />} onClick={() => setAdding(true)}>{t('people.new')}</Button>}
        </>
      }>
      <Tabs className="filling-tabs" tabBarGutter={16} items={[{ key: 'members', label: t('people.users'), children: members }, { key: 'workers', label: t('people.workers'), children: workers }, ...(mayInvite ? [{ key: 'invitations', label: t('invite.list'), children: invitations }] : []), { key: 'roles', label: t('people.roles'), children: <Suspense><Roles /></Suspense> }]} />
      {isInviting && <Suspense><Invite onClose={() => setInviting(false)} /></Suspense>}
      {isAdding && <Suspense><NewPerson onClose={() => setAdding(false)} /></Suspense>}
    </PageShell>
  )
}
