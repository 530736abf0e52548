// One notice: what happened to which record, why one is told, and what can be done about it.
import { useWords } from '@trunnion/kit/words'
import { Link } from '@tanstack/react-router'
import { AtSign, BellOff, CircleAlert, ClipboardCheck, HelpCircle, Mail, MailOpen, MessageSquare, ShieldCheck, Stamp, Star, TrendingUp, Umbrella, UserCheck, type LucideIcon } from 'lucide-react'
import { useId, useState } from 'react'
import { RecordLink } from '../records/record-link'
import { sentenceOf, titleOf, type NoticeRow, type What } from './data'

const ICONS: Record<What, LucideIcon> = {
  mention: AtSign, talk: MessageSquare, assigned: UserCheck, progress: TrendingUp, approval: Stamp, decision: ClipboardCheck, rating: Star, warranty: Umbrella, inspection: ShieldCheck, job: CircleAlert,
}

interface CardProps {
  row: NoticeRow
  isMuted: boolean
  isBusy: boolean
  onRead: () => void
  onUnread: () => void
  onMute: () => void
}

export function NoticeCard({ row, isMuted, isBusy, onRead, onUnread, onMute }: CardProps) {
  const { t, words, formats } = useWords()
  const [isAsking, setAsking] = useState(false)
  const why = useId()
  const Icon = ICONS[row.what]
  const title = titleOf(row, words)
  const isUnread = row.read_at === null
  const said = sentenceOf(row, words, formats)
  return (
    <li className="notice-card" data-unread={isUnread}>
      <span className="notice-mark"><Icon size={17} aria-hidden /></span>
      <div className="notice-said">
        <p className="notice-what">
          {isUnread && <span className="visually-hidden">{t('notices.unread')}: </span>}
          {said}{row.count > 1 && row.what !== 'talk' && <span className="section-count" title={t('notices.count', { count: row.count })}>{row.count}</span>}
          {' '}<time className="muted" dateTime={row.last_at} title={formats.dateTime(row.last_at)}>{formats.ago(row.last_at)}</time>
        </p>
        <p className="notice-about"><RecordLink kind={row.subject_kind} id={row.subject_id} onClick={isUnread ? onRead : undefined}>{title}</RecordLink></p>
        <p className="notice-acts">
          <button type="button" className="link-button" aria-expanded={isAsking} aria-controls={why} onClick={() => setAsking(!isAsking)}><HelpCircle size={13} aria-hidden /> {t('notices.why')}</button>
          {!isMuted && row.subject_kind !== 'kernel.job' && <button type="button" className="link-button" disabled={isBusy} aria-label={`${t('notices.mute')}: ${title}`} onClick={onMute}><BellOff size={13} aria-hidden /> {t('notices.mute')}</button>}
          {isMuted && <span className="muted"><BellOff size={13} aria-hidden /> {t('notices.is_muted')}</span>}
        </p>
        <p id={why} className="notice-why" hidden={!isAsking}>
          {t(`notices.why.${row.what}`)} <Link to="/notices/settings">{t('notices.change')}</Link>
        </p>
      </div>
      <button type="button" className="icon-button" disabled={isBusy} aria-label={`${t(isUnread ? 'verb.automation.notice.mark_read' : 'verb.automation.notice.mark_unread')}: ${title}`} title={t(isUnread ? 'verb.automation.notice.mark_read' : 'verb.automation.notice.mark_unread')} onClick={isUnread ? onRead : onUnread}>
        {isUnread ? <MailOpen size={16} /> : <Mail size={16} />}
      </button>
    </li>
  )
}
