// What one wants to be told of, kind by kind, and the records of which one wants to hear nothing.
import './notices.css'
import { Link } from '@tanstack/react-router'
import { problemWords } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { PageShell, Section, useSteps, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { RecordLink } from '../records/record-link'
import { NOTICES } from '../shell/unread'
import { useWishes } from './inbox'

export default function NoticeWishes() {
  const { t, words, formats } = useWords()
  const wishes = useWishes()
  const toasts = useToasts()
  const run = useSteps(NOTICES)
  const [busy, setBusy] = useState('')

  async function act(key: string, path: string, args: object): Promise<void> {
    setBusy(key)
    try {
      await run([{ path: `${NOTICES}/${path}`, args }], t('notices.saved'))
    } catch (error) {
      toasts.bad(problemWords(words, error, 'automation.notice'))
    } finally {
      setBusy('')
    }
  }

  const { data } = wishes
  return (
    <PageShell title={t('notices.settings')} over={<Link to="/notices">{t('nav.notices')}</Link>}>
      {wishes.error ? <Failed error={wishes.error} onRetry={() => void wishes.refetch()} /> : !data ? <Loading /> : (
        <div className="narrow-wide">
          <Section title={t('notices.told_of')} isBare>
            <ul className="rows">
              {data.choices.map(({ what, is_wanted }) => (
                <li key={what} className="wish">
                  <div>
                    <p className="row-title" id={`wish-${what}`}>{t(`choice.automation.notice.what.${what}`)}</p>
                    <p className="muted" id={`why-${what}`}>{t(`notices.why.${what}`)}</p>
                  </div>
                  <Switch checked={is_wanted} loading={busy === what} aria-labelledby={`wish-${what}`} aria-describedby={`why-${what}`} onChange={(next) => void act(what, 'choose', { what, is_wanted: next })} />
                </li>
              ))}
            </ul>
          </Section>
          <Section title={t('notices.mutes')} isBare={data.mutes.length > 0}>
            {data.mutes.length === 0 ? <p className="muted">{t('notices.no_mutes')}</p> : (
              <ul className="rows">
                {data.mutes.map((mute) => (
                  <li key={mute.id} className="wish">
                    <div>
                      <p className="row-title"><RecordLink kind={mute.subject_kind} id={mute.subject_id}>{mute.title}</RecordLink></p>
                      <p className="muted">{t('notices.muted_since', { day: formats.date(mute.created_at) })}</p>
                    </div>
                    <Button loading={busy === mute.id} aria-label={`${t('verb.automation.notice.unmute')}: ${mute.title}`} onClick={() => void act(mute.id, `unmute/${mute.id}`, {})}>{t('verb.automation.notice.unmute')}</Button>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      )}
    </PageShell>
  )
}
