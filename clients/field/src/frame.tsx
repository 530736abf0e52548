// The frame of every screen: whether all is sent, the screen, and four places to go.
import { Loading, SkipLink } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { CalendarCheck, CirclePlus, ScanLine, TriangleAlert, UserRound } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { Sync } from './parts/badges'
import { useAddress, useField } from './parts/context'
import { Shared } from './parts/on-the-way'
import { Today } from './screens/today'

const SCREENS = {
  order: () => import('./screens/order').then((found) => ({ default: found.OrderPage })),
  asset: () => import('./screens/asset').then((found) => ({ default: found.AssetPage })),
  me: () => import('./screens/me').then((found) => ({ default: found.Me })),
  new: () => import('./screens/new-order').then((found) => ({ default: found.NewOrder })),
  scan: () => import('./screens/scan').then((found) => ({ default: found.Scan })),
  kept: () => import('./screens/kept'),
  outbox: () => import('./screens/outbox'),
}
const OrderPage = lazy(SCREENS.order)
const AssetPage = lazy(SCREENS.asset)
const Me = lazy(SCREENS.me)
const NewOrder = lazy(SCREENS.new)
const Scan = lazy(SCREENS.scan)
const KeptPage = lazy(SCREENS.kept)
const OutboxPage = lazy(SCREENS.outbox)
const CALM_MS = 1_500

/** What the first screen does not need comes when it stands, and is there when the line is not. */
function useTheRest(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of Object.values(SCREENS)) load().catch(() => undefined)
    }, CALM_MS)
    return () => clearTimeout(timer)
  }, [])
}

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
  useTheRest()
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
