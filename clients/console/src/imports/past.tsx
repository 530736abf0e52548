// What came in before: state, who, when, counts, and the way back.
import { Link, useNavigate } from '@tanstack/react-router'
import type { Row } from '@trunnion/kit/api'
import { Empty } from '@trunnion/kit/plain'
import { DataTable, Section, StateTag, type ListState } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { IMPORT, IMPORTS } from './data'
import { UndoButton } from './undo'

const COLUMNS = ['file_name', 'number', 'target', 'state', 'rows', 'new', 'changed', 'errors', 'actor_name', 'created_at']

export default function Past({ state }: { state: ListState }) {
  const { t, formats } = useWords()
  const navigate = useNavigate({ from: '/imports' })
  const what = (row: Row): string => (row.target ? t(`text.integrations.target.${row.target}`) : t(`choice.${IMPORT}.kind.${row.kind}`))
  return (
    <Section title={t('imports.past')}>
      <div className="import-past">
        <DataTable
          listing={IMPORTS}
          state={state}
          onState={(table) => void navigate({ search: (before) => ({ ...before, table }), replace: true })}
          columns={COLUMNS}
          lead="file_name"
          cells={{
            target: what,
            state: (row) => (
              <span className="import-state">
                <StateTag kind={IMPORT} state={String(row.state)} />
                {row.state === 'applied' && <UndoButton id={row.id} number={String(row.number)} isSmall />}
              </span>
            ),
            created_at: (row) => formats.ago(String(row.created_at)),
          }}
          link={(row, content) => (row.kind === 'table'
            ? <Link to="/imports/$id" params={{ id: row.id }}>{content}</Link>
            : <Link to="/import/cobie" search={{ run: row.id }}>{content}</Link>)}
          empty={<Empty title={t('cobie.none_yet')} />}
        />
      </div>
    </Section>
  )
}
