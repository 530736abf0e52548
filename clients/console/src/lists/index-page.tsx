// All lists of the house, by room.
import { Link } from '@tanstack/react-router'
import { PageShell, Section } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { roomName } from '../administration/grants'
import { useMe } from '../session'
import { LISTINGS } from './listings'

export default function Lists() {
  const { t, words } = useWords()
  const grants = new Set(useMe()?.grants)
  const open = LISTINGS.filter((one) => one.grants.some((grant) => grants.has(grant)))
  const rooms = [...new Set(open.map((one) => one.path.split('/')[0]!))]
  return (
    <PageShell title={t('nav.lists')} over={t('lists.intro')}>
      <div className="cards">
        {rooms.map((room) => (
          <Section key={room} title={roomName(room, words)} isBare>
            <ul className="rows">
              {open.filter((one) => one.path.startsWith(`${room}/`)).map((one) => (
                <li key={one.path}><Link className="row-link" to="/lists/$room/$thing" params={{ room, thing: one.path.split('/')[1]! }} search={{}}><span className="row-title">{t(`lists.${one.path.replace('/', '.')}`)}</span></Link></li>
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </PageShell>
  )
}
