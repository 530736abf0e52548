// What stands in the navigation, and which right opens it.
import { Activity, Bell, BookOpenText, BookOpenCheck, Boxes, Building2, ClipboardCheck, ClipboardList, Combine, FileUp, Grid3x3, Hash, House, Inbox, KeyRound, Kanban, ListChecks, ListTree, MapPinned, PackageOpen, PackagePlus, Phone, QrCode, Recycle, Settings, ShieldCheck, ShoppingCart, Stamp, TableProperties, Tags, TextCursorInput, Trash2, Umbrella, Upload, Users, Warehouse, type LucideIcon } from 'lucide-react'

export interface NavItem {
  to: '/' | '/notices' | '/orders' | '/orders/inbox' | '/assets' | '/locations' | '/import/cobie' | '/imports' | '/people' | '/journal' | '/bin' | '/requests' | '/orders/board' | '/lists' | '/administration/tokens' | '/administration/organisation' | '/administration/setup' | '/administration/fields' | '/administration/codes' | '/administration/tags' | '/administration/numbering' | '/administration/standards' | '/administration/system' | '/administration/jobs' | '/labels' | '/administration/export' | '/administration/bring' | '/approvals' | '/idle' | '/warranties' | '/certificates' | '/duplicates' | '/stock' | '/stores' | '/purchases' | '/procedures'
  words_key: string
  icon: LucideIcon
  /** Any of these rights opens it. */
  grants?: string[]
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
      { to: '/notices', words_key: 'nav.notices', icon: Bell, grants: ['automation.notice.read'] },
      { to: '/orders/inbox', words_key: 'nav.inbox', icon: Inbox, grants: ['work.order.dispatch', 'work.order.approve'], isPhone: true },
      { to: '/approvals', words_key: 'nav.approvals', icon: Stamp, grants: ['identity.approval.read', 'identity.approval.read_own'] },
      { to: '/requests', words_key: 'nav.requests', icon: Phone, grants: ['service.request.read'] },
      { to: '/orders/board', words_key: 'nav.board', icon: Kanban, grants: ['work.order.dispatch', 'work.order.read'] },
      { to: '/orders', words_key: 'nav.orders', icon: ClipboardList, grants: ['work.order.read', 'work.order.read_own', 'work.order.read_customer'], isPhone: true },
    ],
  },
  {
    words_key: 'nav.group.assets',
    items: [
      { to: '/assets', words_key: 'nav.assets', icon: Building2, grants: ['assets.asset.read', 'assets.asset.read_customer'], isPhone: true },
      { to: '/locations', words_key: 'nav.locations', icon: MapPinned, grants: ['assets.location.read'], isPhone: true },
      { to: '/certificates', words_key: 'nav.certificates', icon: ShieldCheck, grants: ['assets.certificate.read'] },
      { to: '/warranties', words_key: 'nav.warranties', icon: Umbrella, grants: ['assets.asset.read', 'assets.asset.read_customer'] },
      { to: '/idle', words_key: 'nav.idle', icon: Recycle, grants: ['assets.idle_finding.read'] },
      { to: '/procedures', words_key: 'nav.procedures', icon: BookOpenCheck, grants: ['knowledge.procedure.read'] },
      { to: '/duplicates', words_key: 'nav.duplicates', icon: Combine, grants: ['assets.asset.merge', 'parties.party.merge', 'catalog.item.merge', 'catalog.model.merge'] },
      { to: '/labels', words_key: 'nav.labels', icon: QrCode, grants: ['attach.label.print'] },
      { to: '/lists', words_key: 'nav.lists', icon: TableProperties },
    ],
  },
  {
    words_key: 'nav.group.stock',
    items: [
      { to: '/stock', words_key: 'nav.stock', icon: Boxes, grants: ['inventory.stock.read'] },
      { to: '/stores', words_key: 'nav.stores', icon: Warehouse, grants: ['inventory.store.read'] },
      { to: '/purchases', words_key: 'nav.purchases', icon: ShoppingCart, grants: ['inventory.purchase_order.read'] },
    ],
  },
  {
    words_key: 'nav.group.settings',
    items: [
      { to: '/administration/setup', words_key: 'nav.setup', icon: ClipboardCheck, grants: ['identity.organisation.edit'] },
      { to: '/administration/fields', words_key: 'nav.fields', icon: TextCursorInput, grants: ['attach.custom_field.create', 'attach.custom_field.edit'] },
      { to: '/administration/codes', words_key: 'nav.codes', icon: ListTree, grants: ['knowledge.failure_code.edit', 'knowledge.failure_code.create'] },
      { to: '/administration/tags', words_key: 'nav.tags', icon: Tags, grants: ['attach.tag.edit'] },
      { to: '/administration/numbering', words_key: 'nav.numbering', icon: Hash, grants: ['identity.numbering.set'] },
      { to: '/administration/standards', words_key: 'nav.standards', icon: Grid3x3, grants: ['assets.criticality_matrix.create', 'assets.condition_scale.create'] },
      { to: '/administration/organisation', words_key: 'nav.organisation', icon: Settings, grants: ['identity.organisation.edit'] },
    ],
  },
  {
    words_key: 'nav.group.administration',
    items: [
      { to: '/imports', words_key: 'nav.imports', icon: FileUp, grants: ['integrations.import.read', 'integrations.import.create'] },
      { to: '/import/cobie', words_key: 'nav.cobie', icon: Upload, grants: ['integrations.import.create'] },
      { to: '/people', words_key: 'nav.people', icon: Users, grants: ['identity.membership.read'] },
      { to: '/administration/tokens', words_key: 'nav.tokens', icon: KeyRound, grants: ['identity.token.issue'] },
      { to: '/bin', words_key: 'nav.bin', icon: Trash2, grants: ['identity.view.remove', 'assets.location.remove', 'parties.party.archive', 'catalog.item.archive', 'knowledge.failure_code.archive', 'attach.tag.remove'] },
      { to: '/administration/export', words_key: 'nav.take', icon: PackageOpen, grants: ['integrations.organisation.export'] },
      { to: '/administration/bring', words_key: 'nav.bring', icon: PackagePlus, grants: ['integrations.organisation.import'] },
      { to: '/journal', words_key: 'nav.journal', icon: BookOpenText, grants: ['kernel.journal.read'] },
      { to: '/administration/jobs', words_key: 'nav.jobs', icon: ListChecks, grants: ['kernel.job.read'] },
      { to: '/administration/system', words_key: 'nav.system', icon: Activity, grants: ['kernel.job.read'] },
    ],
  },
]

/** What somebody with these rights can open; a group without anything left is left out. */
export function navigationOf(grants: string[]): NavGroup[] {
  const isOpen = (item: NavItem): boolean => !item.grants || item.grants.some((grant) => grants.includes(grant))
  return navigation.map((group) => ({ ...group, items: group.items.filter(isOpen) })).filter((group) => group.items.length > 0)
}
