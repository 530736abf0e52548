// The talk on a record.
import { useQueryClient } from '@tanstack/react-query'
import { Intentions, problemWords, type Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Section, useApi, useRows, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useRef, useState } from 'react'

const COMMENTS = 'attach/comments'

interface Comment extends Row {
  text: string
  author: string
  created_at: string
}

export function Comments({ kind, id }: { kind: string; id: string }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const intentions = useRef(new Intentions())
  const [text, setText] = useState('')
  const [isSending, setSending] = useState(false)
  const rows = useRows<Comment>(COMMENTS, { filter: { field: 'subject_id', op: 'eq', value: id }, sort: 'created_at', limit: 100 })

  async function send(): Promise<void> {
    setSending(true)
    try {
      await api.create('attach.comment', { subject_kind: kind, subject_id: id, text }, intentions.current.keyOf(id, text))
      intentions.current.done()
      setText('')
      await queries.invalidateQueries({ queryKey: ['list', COMMENTS] })
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setSending(false)
    }
  }

  return (
    <Section title={t('record.comments')}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading lines={2} /> : rows.data.rows.length === 0 ? <Empty title={t('record.no_comments')} /> : (
        <ul className="comments">
          {rows.data.rows.map((comment) => (
            <li key={comment.id} className="comment">
              <span className="avatar" aria-hidden>{comment.author?.slice(0, 1).toUpperCase()}</span>
              <div>
                <p><strong>{comment.author}</strong> <time className="muted" dateTime={comment.created_at} title={formats.dateTime(comment.created_at)}>{formats.ago(comment.created_at)}</time></p>
                <p className="prose">{comment.text}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <form className="composer" onSubmit={(event) => { event.preventDefault(); if (text.trim()) void send() }}>
        <Input.TextArea className="growing" rows={1} value={text} placeholder={t('record.write_comment')} aria-label={t('record.write_comment')} onChange={(event) => setText(event.target.value)} />
        <Button htmlType="submit" loading={isSending} disabled={!text.trim()}>{t('record.send')}</Button>
      </form>
    </Section>
  )
}
