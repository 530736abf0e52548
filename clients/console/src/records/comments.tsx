// The talk on a record.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions, problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Section, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'
import { useGrant } from '../session'
import { useStuck, type Comment } from './stuck'

function Said({ comment }: { comment: Comment }) {
  const { t, formats } = useWords()
  const name = comment.author_name || t('journal.guest')
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

export function Comments({ kind, id }: { kind: string; id: string }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const mayWrite = useGrant('attach.comment.add')
  const intentions = useRef(new Intentions())
  const [text, setText] = useState('')
  const [isSending, setSending] = useState(false)
  const stuck = useStuck(kind, id)
  const comments = stuck.data?.comments

  async function send(): Promise<void> {
    setSending(true)
    try {
      const body = { kind, row_id: id, text: text.trim() }
      await api.post('attach/comments/add', body, { 'Idempotency-Key': intentions.current.keyOf(body) })
      intentions.current.done()
      setText('')
      await queries.invalidateQueries({ queryKey: ['stuck', kind, id] })
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setSending(false)
    }
  }

  return (
    <Section title={t('record.comments')}>
      {stuck.error ? <Failed error={stuck.error} /> : !comments ? <Loading lines={2} /> : comments.length === 0 ? <Empty title={t('record.no_comments')} /> : (
        <ul className="comments">{comments.map((comment) => <Said key={comment.id} comment={comment} />)}</ul>
      )}
      {mayWrite && (
        <form className="composer" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void send() }}>
          <Input.TextArea className="growing" rows={1} value={text} placeholder={t('record.write_comment')} aria-label={t('record.write_comment')} onChange={(event) => setText(event.target.value)} />
          <Button htmlType="submit" loading={isSending} disabled={!text.trim()}>{t('record.send')}</Button>
        </form>
      )}
    </Section>
  )
}
