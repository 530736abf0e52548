// The talk on a record.
import { problemWords } from '@trunnion/kit/api'
import { Empty } from '@trunnion/kit/plain'
import { Section, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useGrant } from '../session'
import type { Comment } from './stuck'

function Said({ comment }: { comment: Comment }) {
  const { t, formats } = useWords()
  const name = comment.author_id ? comment.author_name : t('journal.guest')
  return (
    <li className="comment">
      <span className="avatar" aria-hidden>{name.slice(0, 1).toUpperCase()}</span>
      <div>
        <p>
          <strong>{name}</strong> <time className="muted" dateTime={comment.created_at} title={formats.dateTime(comment.created_at)}>{formats.ago(comment.created_at)}</time>
          {comment.is_internal && <span className="muted"> · {t('record.internal')}</span>}
          {comment.edited_at && <span className="muted"> · {t('record.edited')}</span>}
        </p>
        <p className={comment.removed_at ? 'muted' : 'prose'}>{comment.removed_at ? t('record.removed') : comment.text}</p>
      </div>
    </li>
  )
}

interface CommentsProps {
  kind: string
  id: string
  comments: Comment[]
  /** Somebody outside the house reads along: one says for whom one writes. */
  hasOutsiders?: boolean
}

export function Comments({ kind, id, comments, hasOutsiders }: CommentsProps) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const mayWrite = useGrant('attach.comment.add')
  const mayKeep = useGrant('attach.internal.read')
  const run = useSteps(id)
  const [text, setText] = useState('')
  const [isForReporter, setForReporter] = useState(false)
  const [isSending, setSending] = useState(false)
  const asks = hasOutsiders && mayKeep

  async function send(): Promise<void> {
    setSending(true)
    try {
      await run([{ path: 'attach/comments/add', args: { kind, row_id: id, text: text.trim(), is_internal: asks && !isForReporter } }])
      setText('')
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setSending(false)
    }
  }

  return (
    <Section title={t('record.comments')}>
      {comments.length === 0 ? <Empty title={t('record.no_comments')} /> : <ul className="comments">{comments.map((comment) => <Said key={comment.id} comment={comment} />)}</ul>}
      {mayWrite && (
        <form className="composer" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void send() }}>
          <Input.TextArea className="growing" rows={1} value={text} placeholder={t('record.write_comment')} aria-label={t('record.write_comment')} onChange={(event) => setText(event.target.value)} />
          <Button htmlType="submit" loading={isSending} disabled={!text.trim()}>{t('record.send')}</Button>
          {asks && <Checkbox checked={isForReporter} onChange={(event) => setForReporter(event.target.checked)}>{t('record.for_reporter')}</Checkbox>}
        </form>
      )}
    </Section>
  )
}
