// The frame around every page: navigation, account, language, theme.
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { viewAs, viewedAs } from '@trunnion/kit/api'
import { SkipLink } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { Eye, Menu, Search, WifiOff, X } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useMe } from '../session'
import { AccountMenu } from './account-menu'
import { useKeys } from './keys'
import { useLive } from './live'
import { useUnread } from './unread'
import { navigation, navigationOf, type NavGroup, type NavItem } from './nav'

const Palette = lazy(() => import('./palette'))
const Sheet = lazy(() => import('./sheet'))
const Help = lazy(() => import('../help/help'))
/** The server counts no further than one above. */
const MOST = 99

function NavLink({ item, current, count = 0 }: { item: NavItem; current: string; count?: number }) {
  const { t } = useWords()
  const Icon = item.icon
  return (
    <Link to={item.to} className="nav-link" activeOptions={{ exact: true, includeSearch: false }} aria-current={current === item.to ? 'page' : undefined}>
      <Icon size={17} strokeWidth={1.8} aria-hidden />
      <span>{t(item.words_key)}</span>
      {count > 0 && <span className="nav-count" title={t('nav.notices_new', { count })}>{count > MOST ? `${MOST}+` : count}</span>}
    </Link>
  )
}

/** The longest entry that the address starts with. */
function currentEntry(path: string): string {
  const entries = navigation.flatMap((group) => group.items.map((item) => item.to as string))
  return entries.filter((to) => path === to || (to !== '/' && path.startsWith(`${to}/`))).sort((a, b) => b.length - a.length)[0] ?? '/'
}

function Sidebar({ current, groups, unread, onFind, onHelp }: { current: string; groups: NavGroup[]; unread: number; onFind: () => void; onHelp: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const list = useRef<HTMLElement>(null)
  // Where one is stands in sight, however long the list has become.
  useEffect(() => {
    // In newer browsers scrolling answers with a promise, which an effect must not.
    void list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <>
      <Link to="/" className="brand">
        <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width="26" height="26" />
        <span className="brand-name">Trunnion</span>
      </Link>
      {me && <p className="brand-organisation" title={me.organisation.name}>{me.organisation.name}</p>}
      <button type="button" className="find-button" onClick={onFind}><Search size={15} aria-hidden /> <span>{t('palette.open')}</span> <kbd>Ctrl K</kbd></button>
      <nav ref={list} className="nav" aria-label={t('nav.label')}>
        {groups.map((group, index) => (
          <div key={group.words_key ?? index} className="nav-group">
            {group.words_key && <p className="nav-heading">{t(group.words_key)}</p>}
            {group.items.map((item) => <NavLink key={item.to} item={item} current={current} count={item.to === '/notices' ? unread : 0} />)}
          </div>
        ))}
      </nav>
      <AccountMenu onHelp={onHelp} />
    </>
  )
}

export function Shell() {
  const { t, setZone } = useWords()
  const me = useMe()
  const path = useLocation({ select: (location) => location.pathname })
  const [isOpen, setOpen] = useState(false)
  const isLive = useLive()
  const shown = viewedAs()
  const [asked, setAsked] = useState<'palette' | 'sheet' | 'help' | null>(null)
  const openPalette = useCallback(() => setAsked('palette'), [])
  const openSheet = useCallback(() => setAsked('sheet'), [])
  const openHelp = useCallback(() => setAsked('help'), [])
  const leave = useCallback(() => setAsked(null), [])
  useKeys({ openPalette, openSheet, openHelp })
  const unread = useUnread()
  const current = currentEntry(path)
  const groups = navigationOf(me?.grants ?? [])
  const phone = groups.flatMap((group) => group.items.filter((item) => item.isPhone)).slice(0, 4)

  useEffect(() => setZone(me?.zone), [me?.zone, setZone])
  useEffect(() => setOpen(false), [path])

  return (
    <div className="shell">
      <SkipLink />
      <aside className="sidebar" data-open={isOpen}><Sidebar current={current} groups={groups} unread={unread} onFind={openPalette} onHelp={openHelp} /></aside>
      {isOpen && <button type="button" className="sidebar-veil" aria-label={t('kit.close')} onClick={() => setOpen(false)} />}
      <main id="main" className="main" tabIndex={-1}>
        {shown && (
          <p className="view-as" role="status">
            <Eye size={14} aria-hidden /> {t('view_as.banner', { name: shown.name })}
            <button type="button" onClick={() => viewAs(null, `/app/people/${shown.id}`)}>{t('view_as.end')}</button>
          </p>
        )}
        {!isLive && <p className="offline-note" role="status"><WifiOff size={14} aria-hidden /> {t('nav.not_live')}</p>}
        <Outlet />
      </main>
      <nav className="bottom-bar" aria-label={t('nav.label')}>
        {phone.map((item) => <NavLink key={item.to} item={item} current={current} />)}
        <button type="button" className="nav-link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <X size={17} aria-hidden /> : <Menu size={17} aria-hidden />}
          <span>{t('kit.more')}</span>
          {unread > 0 && !isOpen && <span className="nav-count" aria-hidden>{unread > MOST ? `${MOST}+` : unread}</span>}
        </button>
      </nav>
      <p className="visually-hidden" role="status">{unread > 0 ? t('nav.notices_new', { count: unread > MOST ? `${MOST}+` : unread }) : ''}</p>
      <Suspense>
        {asked === 'palette' && <Palette onClose={leave} />}
        {asked === 'sheet' && <Sheet onClose={leave} onHelp={openHelp} />}
        {asked === 'help' && <Help path={path} onClose={leave} onKeys={openSheet} />}
      </Suspense>
    </div>
  )
}
