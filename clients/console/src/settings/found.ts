// Every setting with the words that people look for it by, in both languages whatever the screen speaks.
import type { NavItem } from '../shell/nav'

export interface Setting {
  key: string
  to: NavItem['to']
  words_key: string
  /** The key of the words that find it. */
  find: string
  grants: string[]
}

const setting = (key: string, to: NavItem['to'], words_key: string, ...grants: string[]): Setting => ({ key, to, words_key, find: `find.${key}`, grants })

export const SETTINGS: Setting[] = [
  setting('organisation.name', '/administration/organisation', 'admin.name', 'identity.organisation.edit'),
  setting('organisation.language', '/administration/organisation', 'admin.language', 'identity.organisation.edit'),
  setting('organisation.zone', '/administration/organisation', 'admin.zone', 'identity.organisation.edit'),
  setting('organisation.currency', '/administration/organisation', 'admin.currency', 'identity.organisation.edit'),
  setting('fields', '/administration/fields', 'nav.fields', 'attach.custom_field.create', 'attach.custom_field.edit'),
  setting('codes', '/administration/codes', 'nav.codes', 'knowledge.failure_code.edit'),
  setting('board_limits', '/orders/board', 'board.limits', 'work.board_limit.set'),
  setting('tags', '/administration/tags', 'nav.tags', 'attach.tag.edit'),
  setting('numbering', '/administration/numbering', 'nav.numbering', 'identity.numbering.set'),
  setting('standards', '/administration/standards', 'nav.standards', 'assets.criticality_matrix.create', 'assets.condition_scale.create'),
  setting('approvals', '/approvals', 'approval.rules', 'identity.approval_rule.edit'),
  setting('people', '/people', 'nav.people', 'identity.membership.read'),
  setting('certificates', '/certificates', 'nav.certificates', 'assets.certificate_kind.create'),
  setting('idle', '/idle', 'nav.idle', 'assets.idle_rule.set'),
  setting('labels', '/labels', 'nav.labels', 'attach.label.print'),
  setting('tokens', '/administration/tokens', 'nav.tokens', 'identity.token.issue'),
]

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The best first: what is called so, then what begins a word of it, then what holds it. */
export function settingsFor(typed: string, open: Setting[], say: (key: string) => string): Setting[] {
  const wanted = folded(typed.trim())
  if (!wanted) return open
  const rank = (one: Setting): number => {
    const label = folded(say(one.words_key))
    const find = folded(say(one.find))
    const words = find.split(/[,\s]+/)
    if (label.includes(wanted) || words.includes(wanted)) return 0
    if (words.some((word) => word.startsWith(wanted))) return 1
    return find.includes(wanted) ? 2 : 3
  }
  return open.map((one) => ({ one, at: rank(one) })).filter(({ at }) => at < 3).toSorted((a, b) => a.at - b.at).map(({ one }) => one)
}
