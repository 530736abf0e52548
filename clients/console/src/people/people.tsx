// Who may sign in, and what each role may do.
import { Failed, Loading } from '@trunnion/kit/plain'
import { DataTable, PageShell, Section, useRows, type ListState } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Tabs } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useGrant } from '../session'
import { roleName, ROLES, USERS } from './data'
import { NewPerson } from './new'

function Roles() {
  const { t, language, formats } = useWords()
  const rows = useRows(ROLES, { limit: 100 })
  if (rows.error) return <Failed error={rows.error} />
  if (!rows.data) return <Loading />
  return (
    <Section isBare>
      <ul className="rows">
        {rows.data.rows.map((row) => (
          <li key={row.id} className="row-link">
            <span className="row-title">{roleName(row, language)}</span>
            <span className="row-side">{Array.isArray(row.grants) && t('people.grants', { count: formats.number(row.grants.length) })}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export default function People() {
  const { t } = useWords()
  const [state, setState] = useState<ListState>({})
  const [isAdding, setAdding] = useState(false)
  const mayAdd = useGrant('identity.user.create')
  const users = <DataTable listing={USERS} state={state} onState={setState} lead="name" link={(_, content) => content} />
  return (
    <PageShell isFilling title={t('people.title')} actions={mayAdd && <Button type="primary" icon={<Plus size={16} />} onClick={() => setAdding(true)}>{t('people.new')}</Button>}>
      <Tabs className="filling-tabs" items={[{ key: 'users', label: t('people.users'), children: users }, { key: 'roles', label: t('people.roles'), children: <Roles /> }]} />
      {isAdding && <NewPerson onClose={() => setAdding(false)} />}
    </PageShell>
  )
}
