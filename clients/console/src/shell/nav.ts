// What stands in the navigation, and which right opens it.
import { BookOpenText, Building2, ClipboardList, House, Inbox, MapPinned, Upload, Users, type LucideIcon } from 'lucide-react'

export interface NavItem {
  to: '/' | '/orders' | '/orders/inbox' | '/assets' | '/locations' | '/import/cobie' | '/people' | '/journal'
  words_key: string
  icon: LucideIcon
  /** Shown in the bottom bar of a phone. */
  isPhone?: boolean
}

export interface NavGroup {
  words_key?: string
  items: NavItem[]
}

export const navigation: NavGroup[] = [
  {
    items: [
      { to: '/', words_key: 'nav.home', icon: House, isPhone: true },
      { to: '/orders/inbox', words_key: 'nav.inbox', icon: Inbox, isPhone: true },
      { to: '/orders', words_key: 'nav.orders', icon: ClipboardList, isPhone: true },
    ],
  },
  {
    words_key: 'nav.group.assets',
    items: [
      { to: '/assets', words_key: 'nav.assets', icon: Building2, isPhone: true },
      { to: '/locations', words_key: 'nav.locations', icon: MapPinned },
    ],
  },
  {
    words_key: 'nav.group.administration',
    items: [
      { to: '/import/cobie', words_key: 'nav.cobie', icon: Upload },
      { to: '/people', words_key: 'nav.people', icon: Users },
      { to: '/journal', words_key: 'nav.journal', icon: BookOpenText },
    ],
  },
]
