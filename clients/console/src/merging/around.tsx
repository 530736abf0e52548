// What was merged into a record, to be taken out again.
import { problemWords } from '@trunnion/kit/api'
import { Section, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useGrant } from '../session'
import { RecordLink } from '../records/record-link'
import { useUnmerge } from './unmerge'

interface MergedProps {
  kind: string
  id: string
  merged: { id: string; name: string; number?: string; merged_at: string }[]
}

export function MergedSection({ kind, id, merged }: MergedProps) {
  const { t, words, formats } = useWords()
  const toasts = useToasts()
  const unmerge = useUnmerge(kind)
  const mayUndo = useGrant(`${kind}.unmerge`)
  if (!merged.length) return null

  async function undo(gone: string): Promise<void> {
    try {
      await unmerge(gone, id)
    } catch (error) {
      toasts.bad(problemWords(words, error, kind))
    }
  }

  return (
    <Section title={t('merge.merged_here')}>
      <ul className="plain-list">
        {merged.map((one) => (
          <li key={one.id} className="related">
            <span><RecordLink kind={kind} id={one.id}>{one.name}</RecordLink> <span className="muted">{[one.number, formats.date(one.merged_at)].filter(Boolean).join(' · ')}</span></span>
            {mayUndo && <Button size="small" onClick={() => void undo(one.id)}>{t('kit.undo')}</Button>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
