// The signed-in customer's part: who has no session signs in first.
import type { Me } from '@trunnion/kit/api'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Problem } from '@trunnion/kit/api'
import { useWords } from '@trunnion/kit/words'
import { Building2, ClipboardList, LogOut, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../carrying'
import { caseOfOwn, useAnswer } from '../data'
import { Progress } from '../progress'
import { AssetPage } from './asset'
import { Colleagues } from './colleagues'
import { Home } from './home'
import { Requests } from './requests'
import { Join, SignIn } from './sign-in'
import './own.css'

const MAY_READ = 'service.request.read_customer'

function Bar({ me, at }: { me: Me; at: string }) {
  const { t } = useWords()
  const links = [
    { to: '', icon: <Building2 size={18} aria-hidden />, key: 'portal.own.home' },
    { to: 'requests', icon: <ClipboardList size={18} aria-hidden />, key: 'portal.own.requests' },
    { to: 'colleagues', icon: <Users size={18} aria-hidden />, key: 'portal.own.colleagues' },
  ]
  async function leave(): Promise<void> {
    await api.post('identity/sign-out', {})
    location.assign('/portal/')
  }
  return (
    <nav className="own-bar" aria-label={t('portal.own.menu')}>
      {links.map(({ to, icon, key }) => <a key={to} href={`/portal/${to}`} aria-current={at === to || (to === '' && at === 'assets') ? 'page' : undefined}>{icon} {t(key)}</a>)}
      <span className="own-who">{me.user.name}</span>
      <button type="button" className="icon-button" aria-label={t('portal.own.sign_out')} onClick={() => void leave()}><LogOut size={18} /></button>
    </nav>
  )
}

function pageOf(kind: string, id: string | undefined): ReactNode {
  if (kind === '') return <Home />
  if (kind === 'assets' && id) return <AssetPage id={id} />
  if (kind === 'requests' && id) return <Progress api={api} of={caseOfOwn(id)} />
  if (kind === 'requests') return <Requests />
  if (kind === 'colleagues') return <Colleagues />
  return <Failed error={new Problem(404, {})} />
}

export default function Own() {
  const { t } = useWords()
  const [, , kind = '', id] = location.pathname.split('/')
  const { data: me, error, reload } = useAnswer<Me>(api, 'identity/me')
  if (kind === 'join' && id) return <Join token={id} />
  if (error instanceof Problem && error.status === 401) return <SignIn onDone={reload} />
  if (error) return <Failed error={error} onRetry={reload} />
  if (!me) return <Loading />
  return (
    <div className="own">
      <Bar me={me} at={kind} />
      {me.awaits_factor ? <p className="narrow">{t('portal.own.must_enrol')} <a href="/app/security">{t('portal.own.enrol')}</a></p> : me.grants.includes(MAY_READ) ? pageOf(kind, id) : <Failed error={new Problem(403, {})} />}
    </div>
  )
}
