// One changed field of a history, with the way back to what it was.
import { fieldName, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { RotateCcw } from 'lucide-react'
import type { RowChange } from './changes'
import type { Restore } from './restore'
import { FieldValue } from './value'

interface RestorableProps {
  line: { text: string; change: RowChange; field: string }
  restore: Restore
}

/** The journal keeps ids; a reader is shown the names behind them. */
function Said({ field, change, column }: { field: FieldSpec; change: RowChange; column: string }) {
  const { t, words } = useWords()
  const [before, after] = change.fields[column]!
  // The sentence of the journal, with names that have yet to be fetched in the places of before and after.
  const parts = t('journal.changed', { field: fieldName(field, words) }).split(/(\{before\}|\{after\})/)
  return <>{parts.map((part) => (part === '{before}' ? <FieldValue key="before" field={field} value={before} /> : part === '{after}' ? <FieldValue key="after" field={field} value={after} /> : part))}</>
}

export function Restorable({ line, restore }: RestorableProps) {
  const { t, words } = useWords()
  const field = restore.fieldOf(line.change, line.field)
  if (!field) return line.text
  const [before] = line.change.fields[line.field]!
  return (
    <>
      {line.text && field.type !== 'reference' ? line.text : <Said field={field} change={line.change} column={line.field} />}
      {restore.differs(field, before) && (
        <> <button type="button" className="link-button restore" disabled={restore.isBusy} onClick={() => void restore.run(field, before)}>
          <RotateCcw size={12} aria-hidden /> {t('record.restore')}<span className="visually-hidden">: {fieldName(field, words)} <FieldValue field={field} value={before} /></span>
        </button></>
      )}
    </>
  )
}
