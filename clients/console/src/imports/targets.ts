// What rows of a table can become: as the server tells it, with the right that it needs and where its records are shown.
import { useQuery } from '@tanstack/react-query'
import { useApi } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'

export interface TargetField {
  name: string
  title: string
  type: 'text' | 'code' | 'number' | 'whole' | 'day' | 'instant' | 'duration' | 'choice' | 'boolean' | 'unit' | 'currency' | 'reference'
  required: boolean
  unit: string
  only_new: boolean
  choices: { value: string; title: string }[]
  look_up_by: string[]
  may_create: boolean
}

export interface Target {
  name: string
  kind: string
  title: string
  keys: string[]
  fields: TargetField[]
}

/** The right without which rows cannot become these records. */
export const PERMISSIONS: Record<string, string> = {
  assets: 'assets.asset.ensure_many',
  locations: 'assets.location.ensure_many',
  meters: 'assets.meter.ensure_many',
  readings: 'assets.reading.record_many',
  positions: 'assets.position.ensure_many',
  location_groups: 'assets.location_group.ensure_many',
  certificates: 'assets.certificate.ensure_many',
  asset_groups: 'assets.group.ensure_many',
  parties: 'parties.party.ensure_many',
  contacts: 'parties.contact.ensure_many',
  sites: 'parties.site.ensure_many',
  items: 'catalog.item.ensure_many',
  item_units: 'catalog.item_unit.ensure_many',
  item_suppliers: 'catalog.supplier.ensure_many',
  spares: 'catalog.spare.ensure_many',
  models: 'catalog.model.ensure_many',
  classes: 'catalog.equipment_class.ensure_many',
  failure_codes: 'knowledge.failure_code.ensure_many',
  requests: 'service.request.bring',
  teams: 'workforce.team.ensure_many',
  labour: 'workforce.labour_resource.ensure_many',
  orders: 'work.history.bring',
}

/** Listings whose records a table can bring, with what its rows become. */
export const OF_LISTING: Record<string, string> = {
  'parties/parties': 'parties',
  'parties/contacts': 'contacts',
  'parties/sites': 'sites',
  'catalog/items': 'items',
  'catalog/item_units': 'item_units',
  'catalog/item_suppliers': 'item_suppliers',
  'catalog/spares': 'spares',
  'catalog/models': 'models',
  'catalog/equipment_classes': 'classes',
  'knowledge/failure_codes': 'failure_codes',
  'workforce/teams': 'teams',
  'assets/meters': 'meters',
  'assets/readings': 'readings',
  'assets/positions': 'positions',
  'assets/location_groups': 'location_groups',
  'assets/groups': 'asset_groups',
}

interface Place {
  to: string
  params?: object
  search?: object
}

const PAGES: Record<string, string> = { assets: '/assets', locations: '/locations', orders: '/orders', requests: '/requests', labour: '/people', certificates: '/certificates' }

/** Where all records of this kind stand. */
export function listOf(target: string): Place | undefined {
  const listing = Object.keys(OF_LISTING).find((path) => OF_LISTING[path] === target)
  const to = PAGES[target] ?? (listing && `/lists/${listing}`)
  return to ? { to, search: {} } : undefined
}

/** Where one record is shown. */
export function pageOf(target: string, id: string): Place | undefined {
  if (target === 'assets') return { to: '/assets/$id', params: { id } }
  if (target === 'orders') return { to: '/orders/$id', params: { id } }
  if (target === 'requests') return { to: '/requests/$id', params: { id } }
  if (target === 'locations') return { to: '/locations', search: { at: id } }
  return undefined
}

export function useTargets() {
  const api = useApi()
  const { language } = useWords()
  return useQuery({ queryKey: ['targets', language], queryFn: () => api.get<{ rows: Target[] }>('integrations/targets'), staleTime: 5 * 60_000 })
}

export const useTarget = (name: string | undefined): Target | undefined => useTargets().data?.rows.find((one) => one.name === name)
