// Filters within filters: put together, taken apart, never half asked.
import { describe, expect, it } from 'vitest'
import type { Column, Filter } from '../api'
import { blankGroup, blankTerm, changed, filtersOf, isGroup, rootOf, treeOf, type GroupNode, type TermNode } from './filter-tree'

const urgent: Filter = { field: 'priority', op: 'in', value: ['urgent'] }
const late: Filter = { field: 'due_at', op: 'lt', value: '2026-11-22T00:00:00Z' }
const here: Filter = { field: 'site', op: 'contains', value: '北' }
const column = { key: 'title', type: 'text', ops: ['eq', 'contains'] } as unknown as Column

describe('filter trees', () => {
  it('come back as they went in', () => {
    const filters: Filter[] = [here, { or: [urgent, { and: [late, here] }] }]
    expect(filtersOf(treeOf(filters, undefined))).toEqual({ filters, any: undefined })
    expect(filtersOf(treeOf([urgent, late], true))).toEqual({ filters: [urgent, late], any: true })
    expect(filtersOf(treeOf(undefined, undefined))).toEqual({ filters: undefined, any: undefined })
  })

  it('leave out what is not finished', () => {
    const root = blankGroup('or', [blankTerm(column), ...treeOf([urgent], false).parts, blankGroup('and', [blankTerm(column)])])
    expect(filtersOf(root)).toEqual({ filters: [urgent], any: undefined })
    const between: TermNode = { id: -1, field: 'count', op: 'between', value: [1, undefined] }
    expect(filtersOf(blankGroup('and', [between])).filters).toBeUndefined()
    expect(filtersOf(blankGroup('and', [{ ...between, value: [0, 1] }])).filters).toHaveLength(1)
    expect(filtersOf(blankGroup('and', [{ id: -2, field: 'is_stopped', op: 'eq', value: false }])).filters).toHaveLength(1)
  })

  it('change one node and drop groups that nothing is left of', () => {
    const root = treeOf([here, { or: [urgent, late] }], false)
    const group = root.parts.find(isGroup) as GroupNode
    const one = changed(root, group.parts[0]!.id, null)
    expect(filtersOf(one).filters).toEqual([here, late])
    expect(changed(one, group.parts[1]!.id, null).parts).toHaveLength(1)
    const other = changed(root, group.parts[0]!.id, { ...(group.parts[0] as TermNode), value: ['high'] })
    expect(filtersOf(other).filters?.[1]).toEqual({ or: [{ field: 'priority', op: 'in', value: ['high'] }, late] })
  })

  it('begin with the operator that is used most', () => {
    expect(blankTerm(column)).toMatchObject({ field: 'title', op: 'contains', value: undefined })
  })

  it('read a saved view whatever its outermost joint is', () => {
    expect(rootOf(null)).toEqual({})
    expect(rootOf(urgent)).toEqual({ filters: [urgent] })
    expect(rootOf({ and: [{ or: [urgent, late] }] })).toEqual({ filters: [urgent, late], any: true })
    expect(rootOf({ and: [here, { or: [urgent, late] }] })).toEqual({ filters: [here, { or: [urgent, late] }], any: undefined })
  })
})
