// The bin: what was removed or laid aside in the last thirty days, each with the way back.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { pathOf, problemWords, uuid7 } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'

interface Thrown {
  entry_id: string
  at: string
  actor_name: string
  verb: string
  kind: string
  row_id: string
  name: string
  way: string
  is_back: boolean
  removed_with: number
}

interface Page {
  rows: Thrown[]
  next: string | null
}

const OWN_WAY = 'kernel.bin.restore'

function Line({ one }: { one: Thrown }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [isBusy, setBusy] = useState(false)
  const kind = words.has(`kind.${one.kind}`) ? t(`kind.${one.kind}`) : ''
  const name = one.name || kind

  async function putBack(): Promise<void> {
    setBusy(true)
    try {
      if (one.way === OWN_WAY) await api.act(`system/bin/${one.entry_id}/restore`, {}, uuid7())
      else await api.verb(one.kind, one.row_id, one.way.split('.').at(-1) ?? '')
      toasts.good(t('bin.stands_again', { name }))
    } catch (error) {
      toasts.bad(problemWords(words, error, one.kind))
    } finally {
      setBusy(false)
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'bin' || queryKey[0] === 'list' || queryKey.includes(pathOf(one.kind)) })
    }
  }

  return (
    <li className="bin-line" data-back={one.is_back || undefined}>
      <div className="bin-what">
        <span className="row-title">{name}</span>
        <span className="row-sub">{[kind, t(`verb.${one.verb}`), one.removed_with ? t('bin.with', { count: formats.number(one.removed_with) }) : ''].filter(Boolean).join(' · ')}</span>
      </div>
      <span className="row-sub">{one.actor_name} · <time dateTime={one.at}>{formats.dateTime(one.at)}</time></span>
      {one.is_back ? <span className="muted">{t('bin.is_back')}</span> : <Button icon={<RotateCcw size={14} />} loading={isBusy} aria-label={t('bin.put_back_name', { name })} onClick={() => void putBack()}>{t('bin.put_back')}</Button>}
    </li>
  )
}

export default function Bin() {
  const { t } = useWords()
  const api = useApi()
  const query = useInfiniteQuery({
    queryKey: ['bin'],
    queryFn: ({ pageParam, signal }) => api.get<Page>(`system/bin${pageParam ? `?before=${pageParam}` : ''}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <PageShell title={t('nav.bin')} over={t('bin.intro')}>
      {query.error && !query.data ? <Failed error={query.error} onRetry={() => void query.refetch()} />
        : !query.data ? <Loading lines={6} />
        : rows.length === 0 && !query.hasNextPage ? <Empty title={t('bin.empty')} text={t('bin.empty_text')} />
        : <ul className="bin">{rows.map((one) => <Line key={one.entry_id} one={one} />)}</ul>}
      {query.hasNextPage && <Button type="text" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('kit.table.more')}</Button>}
    </PageShell>
  )
}
