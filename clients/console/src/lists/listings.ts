// Every listing of the server that has no page of its own, by room: where it is, what its rows are, which column names them.
export interface ListingPage {
  path: string
  /** The kind of its rows, for its name, and for an edit of many. */
  kind: string
  lead: string
  grants: string[]
  /** The right to edit many at once; without it there is nothing to mark. */
  edit?: string
  /** Whether each of its rows has a page of its own. */
  hasPages: boolean
}

/** Kinds of which the server tells one record whole, and that have no page drawn for them alone. */
const WITH_PAGES = new Set(['parties.party', 'catalog.model', 'catalog.equipment_class', 'knowledge.failure_code', 'assets.position', 'assets.location_group', 'assets.group'])

const page = (path: string, kind: string, lead: string, grant: string, isEditable = false): ListingPage => ({ path, kind, lead, grants: [grant], edit: isEditable ? `${kind}.edit` : undefined, hasPages: WITH_PAGES.has(kind) })

export const LISTINGS: ListingPage[] = [
  page('parties/parties', 'parties.party', 'name', 'parties.party.read', true),
  page('parties/contacts', 'parties.contact', 'name', 'parties.contact.read', true),
  page('parties/sites', 'parties.site', 'name', 'parties.site.read', true),
  page('catalog/models', 'catalog.model', 'name', 'catalog.model.read', true),
  page('catalog/items', 'catalog.item', 'name', 'catalog.item.read', true),
  page('catalog/item_units', 'catalog.item_unit', 'item_name', 'catalog.item.read'),
  page('catalog/item_suppliers', 'catalog.item_supplier', 'item_name', 'catalog.item.read'),
  page('catalog/spares', 'catalog.model_part', 'item_name', 'catalog.model.read'),
  page('catalog/equipment_classes', 'catalog.equipment_class', 'name', 'catalog.equipment_class.read', true),
  page('knowledge/failure_codes', 'knowledge.failure_code', 'name', 'knowledge.failure_code.read', true),
  page('assets/positions', 'assets.position', 'name', 'assets.position.read', true),
  page('assets/location_groups', 'assets.location_group', 'name', 'assets.location_group.read', true),
  page('assets/groups', 'assets.group', 'name', 'assets.group.read', true),
  page('assets/meters', 'assets.meter', 'name', 'assets.meter.read', true),
  page('assets/readings', 'assets.reading', 'meter', 'assets.meter.read'),
  page('assets/installations', 'assets.installation', 'asset', 'assets.asset.read'),
  page('assets/intervals', 'assets.interval', 'asset', 'assets.interval.read'),
  page('assets/lifecycle_documents', 'assets.lifecycle_document', 'number', 'assets.lifecycle_document.read'),
  page('assets/defects', 'assets.defect', 'text', 'assets.defect.read'),
  page('assets/moves', 'assets.asset_move', 'asset', 'assets.asset.read'),
  page('assets/criticality_assessments', 'assets.criticality', 'asset_name', 'assets.assessment.read'),
  page('assets/condition_assessments', 'assets.condition', 'asset_name', 'assets.assessment.read'),
  page('work/labour', 'work.labour', 'resource', 'work.labour.read'),
  page('work/failures', 'work.failure', 'mode', 'work.failure.read'),
  page('work/downtimes', 'work.downtime', 'asset', 'work.downtime.read'),
  page('inventory/purchase_lines', 'inventory.purchase_line', 'item_name', 'inventory.purchase_order.read'),
  page('work/parts', 'work.part', 'item_name', 'work.part.read'),
  page('inventory/movements', 'inventory.movement', 'item_name', 'inventory.movement.read'),
  page('inventory/reservations', 'inventory.reservation', 'item_name', 'inventory.reservation.read'),
  page('inventory/shortages', 'inventory.shortage', 'item_name', 'inventory.shortage.read'),
  page('inventory/balances', 'inventory.balance', 'item_name', 'inventory.stock.read'),
  page('inventory/lots', 'inventory.lot', 'code', 'inventory.lot.read'),
  page('inventory/serials', 'inventory.serial', 'code', 'inventory.serial.read'),
  page('inventory/bins', 'inventory.bin', 'code', 'inventory.bin.read', true),
  page('finance/costs', 'finance.cost', 'order', 'finance.cost.read'),
  page('workforce/teams', 'workforce.team', 'name', 'workforce.team.read', true),
  page('attach/files', 'attach.file', 'name', 'attach.file.read'),
  page('attach/tags', 'attach.tag', 'name', 'attach.tag.read', true),
  page('attach/custom_fields', 'attach.custom_field', 'name', 'attach.custom.read'),
]

export const listingOf = (kind: string): ListingPage | undefined => LISTINGS.find((one) => one.kind === kind)

export const pageOf = (path: string): ListingPage | undefined => LISTINGS.find((one) => one.path === path)
