// What stands around an item, one kind of line in a section: shown, added and taken away.
import { problemWords } from '@trunnion/kit/api'
import { FormDialog, Section, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useGrant } from '../session'

export interface Line {
  id: string
  name: string
  shown: ReactNode
  hint?: ReactNode
  /** Said here, kept with the other item. */
  isTheirs?: boolean
}

interface LinesProps {
  itemId: string
  title: string
  empty: string
  lines: Line[]
  /** The kind whose words and verbs these are, and where its verbs are. */
  kind: string
  path: string
  adding: string
  fields: FieldSpec[]
  isOpen: boolean
}

const asText = (values: Record<string, unknown>): object => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]))

export function Lines({ itemId, title, empty, lines, kind, path, adding, fields, isOpen }: LinesProps) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const run = useSteps(itemId)
  const [isAsking, setAsking] = useState(false)
  const mayAdd = useGrant(`${kind}.${adding}`) && isOpen
  const mayRemove = useGrant(`${kind}.remove`) && isOpen

  async function remove(line: Line): Promise<void> {
    try {
      await run([{ path: `${path}/${line.id}/remove`, args: {} }], t('kit.verb_done', { verb: t(`verb.${kind}.remove`) }))
    } catch (error) {
      toasts.bad(problemWords(words, error, kind))
    }
  }

  return (
    <Section title={title} extra={mayAdd && <Button type="text" icon={<Plus size={14} />} onClick={() => setAsking(true)}>{t(`verb.${kind}.${adding}`)}</Button>}>
      {lines.length === 0 && <p className="muted">{empty}</p>}
      <ul className="plain-list">
        {lines.map((line) => (
          <li key={line.id} className="related">
            <span>{line.shown} {line.hint && <span className="muted">{line.hint}</span>}</span>
            {mayRemove && !line.isTheirs && <Button type="text" size="small" icon={<X size={14} />} aria-label={`${t(`verb.${kind}.remove`)}: ${line.name}`} onClick={() => void remove(line)} />}
          </li>
        ))}
      </ul>
      {isAsking && (
        <FormDialog
          kind={kind}
          title={t(`verb.${kind}.${adding}`)}
          fields={fields}
          onClose={() => setAsking(false)}
          onSubmit={async (values) => { await run([{ path: `${path}/${adding}`, args: { ...asText(values), item_id: itemId } }], t('kit.verb_done', { verb: t(`verb.${kind}.${adding}`) })) }}
        />
      )}
    </Section>
  )
}
