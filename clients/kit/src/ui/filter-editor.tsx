// Puts a filter together: conditions and groups of them, all or any of which must hold; fetched when somebody filters.
import { Button, Input, Select, Space } from 'antd'
import { FolderPlus, Plus, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Column, Filter, Operator } from '../api'
import { useWords } from '../words'
import { blankGroup, blankTerm, changed, DEEPEST, filtersOf, firstOp, isGroup, treeOf, type GroupNode, type TermNode, type TreeNode } from './filter-tree'
import { choiceName, columnName } from './listing'
import { NumberField } from './number-field'

const DayField = lazy(() => import('./day-field'))

interface ValueProps {
  column: Column
  op: Operator
  value: unknown
  onChange: (value: unknown) => void
}

function ValueField({ column, op, value, onChange }: ValueProps) {
  const { t, words } = useWords()
  const label = t('kit.filter.value')
  if (op === 'is_null' || column.type === 'boolean') {
    const options = [true, false].map((one) => ({ value: one, label: t(one ? 'kit.yes' : 'kit.no') }))
    return <Select aria-label={label} className="wide" value={value as boolean} onChange={onChange} options={options} />
  }
  if (column.type === 'choice') {
    const options = (column.choices ?? []).map((choice) => ({ value: choice.value, label: choiceName(choice, words) }))
    return <Select aria-label={label} className="wide" mode={op === 'in' ? 'multiple' : undefined} value={value as string[]} onChange={onChange} options={options} />
  }
  if (op === 'between') {
    const [from, until] = (value as unknown[] | undefined) ?? []
    return (
      <Space.Compact className="wide">
        <ValueField column={column} op="gte" value={from} onChange={(next) => onChange([next, until])} />
        <ValueField column={column} op="lte" value={until} onChange={(next) => onChange([from, next])} />
      </Space.Compact>
    )
  }
  if (column.type === 'date' || column.type === 'datetime') {
    return <Suspense><DayField label={label} value={value as string} onChange={onChange} isInstant={column.type === 'datetime'} /></Suspense>
  }
  if (['number', 'decimal', 'money'].includes(column.type)) {
    return <NumberField label={label} value={value as number | undefined} onChange={onChange} />
  }
  if (op === 'in') return <Select aria-label={label} className="wide" mode="tags" value={value as string[]} onChange={onChange} tokenSeparators={[',', '，', ';']} open={false} suffixIcon={null} />
  return <Input aria-label={label} value={value as string} onChange={(event) => onChange(event.target.value)} />
}

interface NodeProps<N> {
  node: N
  columns: Column[]
  depth: number
  onChange: (id: number, next: TreeNode | null) => void
}

function Term({ node, columns, onChange }: NodeProps<TermNode>) {
  const { t, words } = useWords()
  const column = columns.find((one) => one.key === node.field)
  return (
    <div className="filter-term">
      <Select
        aria-label={t('kit.filter.field')}
        showSearch={{ optionFilterProp: 'label' }}
        value={column ? node.field : undefined}
        options={columns.map((one) => ({ value: one.key, label: columnName(one, words) }))}
        onChange={(key) => {
          const next = columns.find((one) => one.key === key)
          if (next) onChange(node.id, { ...node, field: next.key, op: firstOp(next), value: undefined })
        }}
      />
      {column && <Select aria-label={t('kit.filter.op')} value={node.op} options={column.ops.map((one) => ({ value: one, label: t(`kit.op.${one}`) }))} onChange={(op) => onChange(node.id, { ...node, op, value: undefined })} />}
      {column && <ValueField key={`${node.field} ${node.op}`} column={column} op={node.op} value={node.value} onChange={(value) => onChange(node.id, { ...node, value })} />}
      <button type="button" className="icon-button" aria-label={t('kit.filter.remove', { name: column ? columnName(column, words) : node.field })} onClick={() => onChange(node.id, null)}><X size={14} /></button>
    </div>
  )
}

function Group({ node, columns, depth, onChange }: NodeProps<GroupNode>) {
  const { t } = useWords()
  const first = columns[0]
  const add = (part: TreeNode): void => onChange(node.id, { ...node, parts: [...node.parts, part] })
  return (
    <div className="filter-group" role="group" aria-label={t(node.join === 'or' ? 'kit.filter.any' : 'kit.filter.all')}>
      {(node.parts.length > 1 || depth > 0) && (
        <div className="filter-head">
          <Select
            size="small"
            aria-label={t('kit.filter.join')}
            value={node.join}
            options={(['and', 'or'] as const).map((join) => ({ value: join, label: t(join === 'or' ? 'kit.filter.any' : 'kit.filter.all') }))}
            onChange={(join) => onChange(node.id, { ...node, join })}
          />
          {depth > 0 && <button type="button" className="icon-button" aria-label={t('kit.filter.remove_group')} onClick={() => onChange(node.id, null)}><X size={14} /></button>}
        </div>
      )}
      {node.parts.map((part) => (isGroup(part) ? <Group key={part.id} node={part} columns={columns} depth={depth + 1} onChange={onChange} /> : <Term key={part.id} node={part} columns={columns} depth={depth} onChange={onChange} />))}
      {first && (
        <div className="filter-more">
          <Button type="text" size="small" icon={<Plus size={13} />} onClick={() => add(blankTerm(first))}>{t('kit.filter.condition')}</Button>
          {depth + 1 < DEEPEST && <Button type="text" size="small" icon={<FolderPlus size={13} />} onClick={() => add(blankGroup(node.join === 'and' ? 'or' : 'and', [blankTerm(first), blankTerm(first)]))}>{t('kit.filter.group')}</Button>}
        </div>
      )}
    </div>
  )
}

interface FilterEditorProps {
  columns: Column[]
  filters: Filter[] | undefined
  isAny: boolean | undefined
  onDone: (found: { filters?: Filter[]; any?: boolean }) => void
}

export default function FilterEditor({ columns, filters, isAny, onDone }: FilterEditorProps) {
  const { t } = useWords()
  const [root, setRoot] = useState(() => {
    const tree = treeOf(filters, isAny)
    return columns[0] && !tree.parts.length ? { ...tree, parts: [blankTerm(columns[0])] } : tree
  })
  const found = filtersOf(root)
  return (
    <form
      className="filter-editor"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(found)
      }}
    >
      <Group node={root} columns={columns} depth={0} onChange={(id, next) => setRoot((tree) => (id === tree.id ? (next as GroupNode) : changed(tree, id, next)))} />
      <Button htmlType="submit" type="primary" disabled={!found.filters && !filters?.length}>{t('kit.filter.apply')}</Button>
    </form>
  )
}
