// The frame of every screen: whether all is sent, the screen, and four places to go.
import { Loading, SkipLink } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { CalendarCheck, CirclePlus, ScanLine, TriangleAlert, UserRound } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Sync } from './parts/badges'
import { useAddress, useField } from './parts/context'
import { Shared } from './parts/on-the-way'
import { AssetPage } from './screens/asset'
import { Me } from './screens/me'
import { NewOrder } from './screens/new-order'
import { OrderPage } from './screens/order'
import { Scan } from './screens/scan'
import { Today } from './screens/today'

const KeptPage = lazy(() => import('./screens/kept'))
const OutboxPage = lazy(() => import('./screens/outbox'))

const PLACES: [string, string, typeof ScanLine][] = [['', 'job.today', CalendarCheck], ['scan', 'job.scan', ScanLine], ['new', 'job.new', CirclePlus], ['me', 'phone.me', UserRound]]

function Screen({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const [place = '', id] = useAddress()
  if (place === 'order' && id) return <OrderPage key={id} id={id} />
  if (place === 'asset' && id) return <AssetPage key={id} id={id} />
  if (place === 'scan') return <Scan key={id} orderId={id} />
  if (place === 'new') return <NewOrder key={id} assetId={id} />
  if (place === 'outbox') return <OutboxPage />
  if (place === 'kept') return <KeptPage />
  if (place === 'me') return <Me onSignOut={onSignOut} />
  return <Today />
}

export function Frame({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { t, formats } = useWords()
  const { field, state } = useField()
  const [here = ''] = useAddress()
  const { pressure } = state
  return (
    <div className="frame">
      <SkipLink />
      <div className="status" role="status"><Sync /></div>
      {!field.store.isDurable && <p className="warn-box" role="status"><TriangleAlert size={18} aria-hidden /> {t('phone.not_durable')}</p>}
      {pressure?.isLow && <p className="warn-box" role="alert"><TriangleAlert size={18} aria-hidden /> {t('phone.storage_low', { free: formats.bytes(pressure.free) })}</p>}
      <Shared />
      <main id="main" tabIndex={-1} className="screen"><Suspense fallback={<Loading />}><Screen onSignOut={onSignOut} /></Suspense></main>
      <nav className="places" aria-label={t('phone.places')}>
        {PLACES.map(([place, key, Icon]) => <a key={place} href={`#/${place}`} aria-current={here === place ? 'page' : undefined}><Icon size={22} aria-hidden /><span>{t(key)}</span></a>)}
      </nav>
    </div>
  )
}
