// One's own notices, newest first: unread ones, or all; read by opening the record or by hand.
import './notices.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, useApi, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Segmented } from 'antd'
import { CheckCheck, Settings } from 'lucide-react'
import { useState } from 'react'
import { NOTICES, useUnread } from '../shell/unread'
import { NoticeCard } from './card'
import { titleOf, type NoticeRow, type Wishes } from './data'

const LIMIT = 50

function useNotices(isAll: boolean) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['list', NOTICES, isAll ? 'all' : 'new'],
    queryFn: ({ pageParam, signal }) => api.list(NOTICES, { limit: LIMIT, cursor: pageParam || undefined, filter: isAll ? undefined : { and: [{ field: 'read_at', op: 'is_null', value: true }] } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

export function useWishes() {
  const api = useApi()
  return useQuery({ queryKey: ['list', NOTICES, 'wishes'], queryFn: ({ signal }) => api.get<Wishes>(`${NOTICES}/wishes`, signal) })
}

export default function Inbox() {
  const { t, words } = useWords()
  const { all = false } = useSearch({ from: '/inside/notices' })
  const navigate = useNavigate({ from: '/notices' })
  const notices = useNotices(all)
  const muted = useWishes().data?.mutes ?? []
  const unread = useUnread()
  const toasts = useToasts()
  const run = useSteps(NOTICES)
  const [busy, setBusy] = useState('')
  const rows = notices.data?.pages.flatMap((page) => page.rows as unknown as NoticeRow[])

  async function act(key: string, path: string, args: object, said?: string): Promise<void> {
    setBusy(key)
    try {
      await run([{ path: `${NOTICES}/${path}`, args }], said)
    } catch (error) {
      toasts.bad(problemWords(words, error, 'automation.notice'))
    } finally {
      setBusy('')
    }
  }

  return (
    <PageShell
      title={t('nav.notices')}
      actions={<>
        <Button icon={<CheckCheck size={15} />} disabled={unread === 0} loading={busy === 'all'} onClick={() => void act('all', 'read', {}, t('notices.all_read'))}>{t('notices.read_all')}</Button>
        <Link to="/notices/settings" className="ant-btn ant-btn-default button-link"><Settings size={15} aria-hidden /> {t('notices.settings')}</Link>
      </>}
    >
      <div className="narrow-wide">
        <div className="queue-bar">
          <Segmented
            aria-label={t('nav.notices')}
            value={all ? 'all' : 'new'}
            onChange={(next) => void navigate({ search: { all: next === 'all' || undefined }, replace: true })}
            options={[{ value: 'new', label: t('notices.new') }, { value: 'all', label: t('notices.all') }]}
          />
        </div>
        <Section isBare>
          {notices.error ? <Failed error={notices.error} onRetry={() => void notices.refetch()} /> : !rows ? <Loading /> : rows.length === 0 ? <Empty title={t(all ? 'notices.none' : 'notices.none_new')} text={t('notices.none_text')} /> : (
            <ul className="rows">
              {rows.map((row) => (
                <NoticeCard
                  key={row.id}
                  row={row}
                  isBusy={busy === row.id}
                  isMuted={muted.some((one) => one.subject_kind === row.subject_kind && one.subject_id === row.subject_id)}
                  onRead={() => void act(row.id, 'read', { notice_ids: [row.id] })}
                  onUnread={() => void act(row.id, `${row.id}/unread`, {})}
                  onMute={() => void act(row.id, 'mute', { kind: row.subject_kind, row_id: row.subject_id }, t('notices.muted', { title: titleOf(row, words) }))}
                />
              ))}
            </ul>
          )}
        </Section>
        {notices.hasNextPage && <p className="section-act"><Button loading={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>{t('jobs.older')}</Button></p>}
      </div>
    </PageShell>
  )
}
