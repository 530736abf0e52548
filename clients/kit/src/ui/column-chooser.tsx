// Which columns a table shows, and in which order; fetched when somebody asks.
import { Button, Checkbox } from 'antd'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Column } from '../api'
import { useWords } from '../words'
import { columnName } from './listing'

interface ColumnChooserProps {
  all: Column[]
  shown: string[]
  /** The column that leads to the record stays. */
  lead: string
  onChange: (columns: string[] | undefined) => void
}

export default function ColumnChooser({ all, shown, lead, onChange }: ColumnChooserProps) {
  const { t, words } = useWords()
  const rest = all.filter((column) => !shown.includes(column.key))
  const chosen = shown.flatMap((key) => all.filter((column) => column.key === key))

  function move(key: string, step: number): void {
    const next = [...shown]
    const at = next.indexOf(key)
    next.splice(at, 1)
    next.splice(at + step, 0, key)
    onChange(next)
  }

  return (
    <div className="columns">
      <ul>
        {chosen.map((column, index) => (
          <li key={column.key}>
            <Checkbox checked disabled={column.key === lead} onChange={() => onChange(shown.filter((key) => key !== column.key))}>{columnName(column, words)}</Checkbox>
            <span>
              <button type="button" className="icon-button" disabled={index === 0} aria-label={t('kit.columns.up', { name: columnName(column, words) })} onClick={() => move(column.key, -1)}><ArrowUp size={14} /></button>
              <button type="button" className="icon-button" disabled={index === chosen.length - 1} aria-label={t('kit.columns.down', { name: columnName(column, words) })} onClick={() => move(column.key, 1)}><ArrowDown size={14} /></button>
            </span>
          </li>
        ))}
        {rest.map((column) => <li key={column.key}><Checkbox checked={false} onChange={() => onChange([...shown, column.key])}>{columnName(column, words)}</Checkbox></li>)}
      </ul>
      <Button type="text" onClick={() => onChange(undefined)}>{t('kit.columns.reset')}</Button>
    </div>
  )
}
