// Saved views of a listing: opened, kept, shared, taken away; what has gone from a view is named.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { Bookmark } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { problemWords, uuid7, type Filter, type Me } from '../api'
import { useWords } from '../words'
import { FormDialog } from './form-dialog-later'
import type { FieldSpec } from './fields'
import { rootOf } from './filter-tree'
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

function stateOf(view: OpenView): ListState {
  return {
    columns: view.columns.length ? view.columns : undefined,
    search: view.search || undefined,
    sort: view.sort || undefined,
    group: view.group || undefined,
    ...rootOf(view.filter),
  }
}

export default function ViewsMenu({ name, columns, state, onState }: { name: string; columns: string[]; state: ListState; onState: (state: ListState) => void }) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [isSaving, setSaving] = useState(false)
  const rows = useRows(VIEWS, { filter: { field: 'listing', op: 'eq', value: name }, limit: 100 })
  const grants = queries.getQueryData<Me>(['me'])?.grants ?? []
  const standard = rows.data?.rows.find((view) => view.is_default === true)?.id
  const isFresh = useRef(Object.values(state).every((one) => one === undefined))

  // A list that is opened without a question of its own opens with the view that the organisation gave it.
  useEffect(() => {
    if (!isFresh.current || !rows.data) return
    isFresh.current = false
    if (standard) void open(standard)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [rows.data, standard])

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

  const may = (verb: string): boolean => ['*', 'identity.*', `identity.view.${verb}`].some((grant) => grants.includes(grant))
  const audiences = ['private', ...(may('share') ? ['role', 'everybody'] : []), ...(may('set_default') ? ['default'] : [])]
  const forWhom: FieldSpec[] = audiences.length > 1 ? [
    { key: 'audience', type: 'choice', words_key: 'field.identity.view.audience', isRequired: true, choices: audiences.map((value) => ({ value, words_key: value === 'default' ? 'kit.views.default' : `choice.identity.view.audience.${value}` })) },
    { key: 'role_id', type: 'reference', words_key: 'kit.views.role', isRequired: true, reference: { listing: 'identity/roles', label: (row) => String(row.name), sort: 'name' }, when: (values) => values.audience === 'role' },
  ] : []

  const items = [
    ...views.map((view) => ({ key: view.id, label: <span className="option option-row"><span>{String(view.name)}</span><span className="option-hint">{view.is_default ? t('kit.views.default') : t(`choice.identity.view.audience.${String(view.audience)}`)}</span></span> })),
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
          fields={[{ key: 'name', type: 'text', words_key: 'field.identity.view.name', isRequired: true, autoFocus: true }, ...forWhom]}
          initial={{ audience: 'private' }}
          onClose={() => setSaving(false)}
          onSubmit={async (values) => {
            const made = await api.act(`${VIEWS}/create`, { listing: name, name: values.name, columns, filter: joinFilters(undefined, state.filters, state.any) ?? null, search: state.search ?? '', sort: state.sort ?? '', group: state.group ?? '' }, uuid7())
            if (values.audience === 'default') await api.act(`${VIEWS}/${made.id}/set_default`, { is_default: true })
            else if (values.audience !== 'private') await api.act(`${VIEWS}/${made.id}/share`, { audience: values.audience, role_id: values.role_id })
            await queries.invalidateQueries({ queryKey: ['list', VIEWS] })
            toasts.good(t('kit.views.saved'))
          }}
        />
      )}
    </>
  )
}
