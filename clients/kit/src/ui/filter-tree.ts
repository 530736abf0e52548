// A filter while it is being put together: groups within groups, of which all or any must hold.
import type { Column, Condition, Filter, Operator } from '../api'

export type Join = 'and' | 'or'

export interface TermNode {
  id: number
  field: string
  op: Operator
  value: unknown
}

export interface GroupNode {
  id: number
  join: Join
  parts: TreeNode[]
}

export type TreeNode = TermNode | GroupNode

/** The server refuses what lies deeper. */
export const DEEPEST = 4

const FIRST_OPS: Partial<Record<Column['type'], Operator>> = { choice: 'in', text: 'contains', boolean: 'eq', date: 'gte', datetime: 'gte' }

export function firstOp(column: Column): Operator {
  const wanted = FIRST_OPS[column.type]
  return wanted && column.ops.includes(wanted) ? wanted : (column.ops[0] ?? 'eq')
}

let last = 0
const nextId = (): number => (last += 1)

export const isGroup = (node: TreeNode): node is GroupNode => 'parts' in node
export const isTerm = (filter: Filter): filter is Condition => 'field' in filter
export const blankTerm = (column: Column): TermNode => ({ id: nextId(), field: column.key, op: firstOp(column), value: undefined })
export const blankGroup = (join: Join, parts: TreeNode[]): GroupNode => ({ id: nextId(), join, parts })

function nodeOf(filter: Filter): TreeNode {
  if (isTerm(filter)) return { id: nextId(), ...filter }
  const join = 'and' in filter ? 'and' : 'or'
  return blankGroup(join, ('and' in filter ? filter.and : filter.or).map(nodeOf))
}

export const treeOf = (filters: Filter[] | undefined, isAny: boolean | undefined): GroupNode => blankGroup(isAny ? 'or' : 'and', (filters ?? []).map(nodeOf))

export function isComplete({ op, value }: TermNode): boolean {
  if (value === undefined || value === null || value === '') return false
  if (!Array.isArray(value)) return true
  return value.length > 0 && (op !== 'between' || (value.length === 2 && value.every((one) => one !== undefined && one !== null && one !== '')))
}

function filterOf(node: TreeNode): Filter | undefined {
  if (!isGroup(node)) return isComplete(node) ? { field: node.field, op: node.op, value: node.value } : undefined
  const parts = node.parts.map(filterOf).filter((part) => part !== undefined)
  if (parts.length < 2) return parts[0]
  return node.join === 'and' ? { and: parts } : { or: parts }
}

/** What of it can be asked: unfinished conditions and empty groups are left out. */
export function filtersOf(root: GroupNode): { filters?: Filter[]; any?: boolean } {
  const filters = root.parts.map(filterOf).filter((part) => part !== undefined)
  return { filters: filters.length ? filters : undefined, any: root.join === 'or' && filters.length > 1 ? true : undefined }
}

/** The tree with one node replaced; null takes it away, and with it a group that it leaves empty. */
export function changed(root: GroupNode, id: number, next: TreeNode | null): GroupNode {
  const parts = root.parts.flatMap((node): TreeNode[] => {
    if (node.id === id) return next ? [next] : []
    if (!isGroup(node)) return [node]
    const inner = changed(node, id, next)
    return inner.parts.length ? [inner] : []
  })
  return { ...root, parts }
}

/** A saved view's filter as a row of filters, whatever its outermost joint is. */
export function rootOf(filter: Filter | null): { filters?: Filter[]; any?: boolean } {
  if (!filter) return {}
  if (isTerm(filter)) return { filters: [filter] }
  const parts = 'and' in filter ? filter.and : filter.or
  if (parts.length === 1 && !isTerm(parts[0]!)) return rootOf(parts[0]!)
  return { filters: parts, any: 'or' in filter && parts.length > 1 ? true : undefined }
}
