// Which help belongs to which address: the longest beginning that fits.
const TOPICS: Record<string, string> = {
  '/': 'home', '/notices': 'notices', '/orders': 'orders', '/orders/inbox': 'inbox', '/orders/board': 'board', '/orders/new': 'new_order', '/requests': 'requests', '/approvals': 'approvals',
  '/assets': 'assets', '/papers': 'papers', '/locations': 'locations', '/certificates': 'certificates', '/warranties': 'warranties', '/idle': 'idle', '/duplicates': 'duplicates', '/labels': 'labels', '/lists': 'lists', '/items': 'items', '/stock': 'stock', '/stores': 'stores', '/purchases': 'purchases', '/procedures': 'procedures',
  '/imports': 'imports', '/import/cobie': 'cobie', '/people': 'people', '/bin': 'bin', '/journal': 'journal',
  '/administration/setup': 'setup', '/administration/fields': 'fields', '/administration/codes': 'codes', '/administration/tags': 'tags', '/administration/numbering': 'numbering', '/administration/standards': 'standards',
  '/administration/organisation': 'organisation', '/administration/tokens': 'tokens', '/administration/export': 'export', '/administration/bring': 'bring', '/administration/jobs': 'jobs', '/administration/system': 'system',
}

/** A record's own page has help of its own where there is some. */
const RECORDS: Record<string, string> = { '/orders': 'order', '/assets': 'asset' }

export function topicOf(path: string): string {
  const found = Object.keys(TOPICS).filter((to) => path === to || (to !== '/' && path.startsWith(`${to}/`))).toSorted((a, b) => b.length - a.length)[0]
  if (!found) return 'anywhere'
  return (path !== found && RECORDS[found]) || TOPICS[found]!
}

export const ALL_TOPICS = [...new Set([...Object.values(TOPICS), ...Object.values(RECORDS), 'anywhere'])]
