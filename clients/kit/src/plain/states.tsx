// What a screen says when it has nothing to show: loading, empty, refused, broken.
import { CircleSlash, CloudOff, Inbox, Lock, SearchX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Problem, problemWords, Unreachable } from '../api/problem'
import { useWords } from '../words'

interface NoticeProps {
  icon: ReactNode
  title: string
  text?: string
  action?: ReactNode
  role?: 'alert' | 'status'
}

export function Notice({ icon, title, text, action, role = 'status' }: NoticeProps) {
  return (
    <div className="notice" role={role}>
      <div className="notice-icon" aria-hidden>{icon}</div>
      <p className="notice-title">{title}</p>
      {text && <p className="notice-text">{text}</p>}
      {action}
    </div>
  )
}

export function Loading({ lines = 5 }: { lines?: number }) {
  const { t } = useWords()
  return (
    <div className="skeleton" role="status" aria-label={t('kit.loading')}>
      {Array.from({ length: lines }, (_, line) => <div key={line} className="skeleton-line" />)}
    </div>
  )
}

export function Empty({ title, text, action, isFiltered }: { title?: string; text?: string; action?: ReactNode; isFiltered?: boolean }) {
  const { t } = useWords()
  if (isFiltered) return <Notice icon={<SearchX size={28} />} title={t('kit.nothing_matches')} text={t('kit.nothing_matches_text')} action={action} />
  return <Notice icon={<Inbox size={28} />} title={title ?? t('kit.empty')} text={text} action={action} />
}

function faceOf(error: unknown): { icon: ReactNode; key: string } {
  if (error instanceof Unreachable) return { icon: <CloudOff size={28} />, key: 'kit.state.unreachable' }
  if (error instanceof Problem && error.status === 403) return { icon: <Lock size={28} />, key: 'kit.state.no_permission' }
  if (error instanceof Problem && error.status === 404) return { icon: <CircleSlash size={28} />, key: 'kit.state.not_found' }
  return { icon: <TriangleAlert size={28} />, key: 'kit.state.fault' }
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t, words } = useWords()
  const face = faceOf(error)
  const trace = error instanceof Problem && error.status >= 500 && error.trace ? t('kit.trace', { trace: error.trace }) : ''
  const isPlain = error instanceof Problem && (error.status === 403 || error.status === 404)
  const text = isPlain ? t(`${face.key}_text`) : `${problemWords(words, error)} ${trace}`
  const action = onRetry && !isPlain && (
    <button type="button" className="link-button" onClick={onRetry}>{t('kit.retry')}</button>
  )
  return <Notice role="alert" icon={face.icon} title={t(face.key)} text={text} action={action} />
}
