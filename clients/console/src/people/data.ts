// Where people and roles are read, and what a role is called.
import type { Row } from '@trunnion/kit/api'

export const USERS = 'identity/users'
export const ROLES = 'identity/roles'

export const roleName = (row: Row, language: string): string => String((language === 'zh-CN' ? row.name_zh : row.name_en) ?? row.name ?? row.key)
