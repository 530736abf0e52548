// Where members and roles are read, and what a role is called.
import type { Row } from '@trunnion/kit/api'
import type { FieldSpec } from '@trunnion/kit/ui'
import type { Words } from '@trunnion/kit/words'

export const MEMBERS = 'identity/members'
export const ROLES = 'identity/roles'

/** A role of one's own has a name; a shipped one has words. */
export const roleName = (row: Row, words: Words): string => String(row.name || words.t(`role.${String(row.key)}`))

export const rolesField = (words: Words): FieldSpec => ({
  key: 'roles',
  type: 'reference',
  words_key: 'field.identity.membership.roles',
  isRequired: true,
  isMultiple: true,
  reference: { listing: ROLES, label: (row) => roleName(row, words), value: 'key' },
})
