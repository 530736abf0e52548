// Saved views of a listing: opened, kept, shared, taken away; what has gone from a view is named.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { problemWords, uuid7, type Condition, type Filter } from '../api'
import { useWords } from '../words'
import { FormDialog } from './form-dialog-later'
import { joinFilters, useRows, type ListState } from './listing'
import { useApi } from './provider'
import { useToasts } from './toast'

const VIEWS = 'identity/views'

interface OpenView {
  columns: string[]
  filter: Filter | null
  search: string
  sort: string
  group: string
  name: string
  dropped: { key: string; name?: string }[]
}

/** Views are trees; the bar shows one row of conditions, all or any of which must hold. */
function stateOf(view: OpenView): ListState {
  const isAny = (filter: Filter): boolean => 'or' in filter
  const flat = (filter: Filter): Condition[] => ('field' in filter ? [filter] : ('and' in filter ? filter.and : filter.or).flatMap(flat))
  const tree = view.filter
  const inner = tree && 'and' in tree && tree.and.length === 1 ? tree.and[0]! : tree
  return {
    columns: view.columns.length ? view.columns : undefined,
    search: view.search || undefined,
    sort: view.sort || undefined,
    group: view.group || undefined,
    filters: inner ? flat(inner) : undefined,
    any: inner && isAny(inner) ? true : undefined,
  }
}

export default function ViewsMenu({ name, columns, state, onState }: { name: string; columns: string[]; state: ListState; onState: (state: ListState) => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [isSaving, setSaving] = useState(false)
  const rows = useRows(VIEWS, { filter: { field: 'listing', op: 'eq', value: name }, limit: 100 })
  // Whoever may not keep views sees no menu.
  if (rows.error) return null
  const views = rows.data?.rows ?? []

  async function open(id: string): Promise<void> {
    try {
      const view = await api.get<OpenView>(`${VIEWS}/${id}`)
      onState(stateOf(view))
      if (view.dropped.length) toasts.bad(t('kit.views.dropped', { what: view.dropped.map((one) => one.name ?? one.key).join(words.list) }))
    } catch (error) {
      toasts.bad(problemWords(words, error))
    }
  }

  async function remove(id: string): Promise<void> {
    try {
      await api.act(`${VIEWS}/${id}/remove`, {})
      await queries.invalidateQueries({ queryKey: ['list', VIEWS] })
    } catch (error) {
      toasts.bad(problemWords(words, error))
    }
  }

  async function share(): Promise<void> {
    try {
      await navigator.clipboard.writeText(globalThis.location.href)
      toasts.good(t('kit.views.link_copied'))
    } catch {
      toasts.bad(t('kit.views.copy_by_hand'))
    }
  }

  const items = [
    ...views.map((view) => ({ key: view.id, label: <span className="option option-row"><span>{String(view.name)}</span><span className="option-hint">{t(`choice.identity.view.audience.${String(view.audience)}`)}</span></span> })),
    ...(views.length ? [{ type: 'divider' as const }] : []),
    { key: 'save', label: t('kit.views.save') },
    { key: 'link', label: t('kit.views.link') },
    ...(views.length ? [{ key: 'remove', label: t('kit.views.remove'), children: views.map((view) => ({ key: `remove ${view.id}`, label: String(view.name) })) }] : []),
  ]

  function choose(key: string): void {
    if (key === 'save') setSaving(true)
    else if (key === 'link') void share()
    else if (key.startsWith('remove ')) void remove(key.slice(7))
    else void open(key)
  }

  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button type="text" icon={<Bookmark size={15} />} aria-label={t('kit.views.title')}><span className="wide-only">{t('kit.views.title')}</span></Button>
      </Dropdown>
      {isSaving && (
        <FormDialog
          kind="identity.view"
          title={t('kit.views.save')}
          fields={[{ key: 'name', type: 'text', words_key: 'field.identity.view.name', isRequired: true, autoFocus: true }, { key: 'everybody', type: 'boolean', words_key: 'kit.views.everybody', isRequired: true }]}
          initial={{ everybody: false }}
          onClose={() => setSaving(false)}
          onSubmit={async (values) => {
            const made = await api.act(`${VIEWS}/create`, { listing: name, name: values.name, columns, filter: joinFilters(undefined, state.filters, state.any) ?? null, search: state.search ?? '', sort: state.sort ?? '', group: state.group ?? '' }, uuid7())
            if (values.everybody) await api.act(`${VIEWS}/${made.id}/share`, { audience: 'everybody' })
            await queries.invalidateQueries({ queryKey: ['list', VIEWS] })
            toasts.good(t('kit.views.saved'))
          }}
        />
      )}
    </>
  )
}
