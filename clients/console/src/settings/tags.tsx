// The words of one's own that gather records of any kind: renamed, coloured, merged, removed.
import './settings.css'
import { useQuery } from '@tanstack/react-query'
import { Problem, type Row } from '@trunnion/kit/api'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { Dialog, DraftDialog, PageShell, ReferenceSelect, Section, useApi, useRows, useSending, type ReferenceSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { Combine, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useWrites } from '../administration/writes'
import { useGrant } from '../session'

const TAG = 'attach.tag'
const TAGS = 'attach/tags'
const COLOURS = ['', '#b42318', '#b54708', '#a15c07', '#3b7c0f', '#107569', '#0e7090', '#175cd3', '#5925dc', '#c11574', '#475467']
const MOST = 200

interface TagRow extends Row {
  name: string
  colour: string
  version: number
}

type Uses = Record<string, Record<string, number>>

export const tagReference = (not: string): ReferenceSpec => ({ listing: TAGS, label: (row) => String(row.name), sort: 'name', filter: () => ({ field: 'id', op: 'ne', value: not }) })

function Mark({ row }: { row: Pick<TagRow, 'name' | 'colour'> }) {
  return (
    <span className="tag-mark">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden><circle cx="6" cy="6" r="5" fill={row.colour || 'none'} stroke={row.colour || 'currentColor'} /></svg>
      {row.name}
    </span>
  )
}

function TagForm({ tag, onClose }: { tag?: TagRow; onClose: () => void }) {
  const { t } = useWords()
  const { create, edit } = useWrites(TAG)
  const sending = useSending({
    initial: { name: tag?.name ?? '', colour: tag?.colour ?? '' },
    send: async (draft, keyOf) => {
      const facts = { name: draft.name.trim(), colour: draft.colour }
      await (tag ? edit(tag, facts, { name: tag.name, colour: tag.colour }, keyOf) : create(facts, 'remove', keyOf))
    },
    onClose,
  })
  const { draft, set, form } = sending
  return (
    <DraftDialog title={t(`verb.${TAG}.${tag ? 'edit' : 'create'}`)} kind={TAG} sending={sending} isReady={draft.name.trim() !== ''}>
      <label htmlFor={`${form}-name`}>{t(`field.${TAG}.name`)}</label>
      <Input id={`${form}-name`} maxLength={60} value={draft.name} onChange={(event) => set({ name: event.target.value })} />
      <span className="label-like">{t(`field.${TAG}.colour`)}</span>
      <div className="colours" role="radiogroup" aria-label={t(`field.${TAG}.colour`)}>
        {COLOURS.map((colour, at) => (
          <label key={colour} className="colour">
            <input type="radio" name={`${form}-colour`} checked={draft.colour === colour} onChange={() => set({ colour })} />
            <svg width="22" height="22" viewBox="0 0 12 12" aria-hidden><circle cx="6" cy="6" r="5" fill={colour || 'none'} stroke={colour || 'currentColor'} /></svg>
            <span className="visually-hidden">{at === 0 ? t('tags.no_colour') : t('tags.colour', { number: at })}</span>
          </label>
        ))}
      </div>
    </DraftDialog>
  )
}

function MergeForm({ tag, count, onClose }: { tag: TagRow; count: number; onClose: () => void }) {
  const { t } = useWords()
  const { api, send } = useWrites(TAG)
  const sending = useSending<{ into?: string }>({
    initial: {},
    send: ({ into }) => send(`${tag.id}/merge`, { into_id: into }, () => api.act(`${TAGS}/${tag.id}/unmerge`, {}), undefined, 'merge'),
    onClose,
  })
  return (
    <DraftDialog title={t(`verb.${TAG}.merge`)} label={t('tags.merge')} kind={TAG} sending={sending} isReady={sending.draft.into !== undefined}>
      <p className="dialog-intro">{t('tags.merge_intro', { name: tag.name, count })}</p>
      <span className="label-like">{t('tags.into')}</span>
      <ReferenceSelect label={t('tags.into')} spec={tagReference(tag.id)} value={sending.draft.into} onChange={(into) => sending.set({ into })} />
    </DraftDialog>
  )
}

function RemoveForm({ tag, count, onClose }: { tag: TagRow; count: number; onClose: () => void }) {
  const { t } = useWords()
  const { remove, tried } = useWrites(TAG)
  const foot = <><Button onClick={onClose}>{t('kit.cancel')}</Button><Button danger type="primary" onClick={() => { onClose(); tried(() => remove(tag.id)) }}>{t(`verb.${TAG}.remove`)}</Button></>
  return <Dialog title={t(`verb.${TAG}.remove`)} onClose={onClose} foot={foot}><p>{t('tags.remove_intro', { name: tag.name, count })}</p></Dialog>
}

type Asked = { what: 'edit' | 'merge' | 'remove'; tag: TagRow } | { what: 'new' } | null

function TagRows({ rows, uses, onAsk }: { rows: TagRow[]; uses: Uses; onAsk: (asked: Asked) => void }) {
  const { t, words } = useWords()
  const may = { edit: useGrant(`${TAG}.edit`), merge: useGrant(`${TAG}.merge`), remove: useGrant(`${TAG}.remove`) }
  const told = (id: string): string => Object.entries(uses[id] ?? {}).toSorted((a, b) => b[1] - a[1]).map(([kind, count]) => `${t(`kind.${kind}`)} ${count}`).join(words.list) || t('tags.unused')
  return (
    <ul className="rows">
      {rows.map((tag) => (
        <li key={tag.id} className="setting-row">
          <div className="setting-row-text">
            <p className="row-title"><Mark row={tag} /></p>
            <p className="row-sub-wrap">{told(tag.id)}</p>
          </div>
          <div className="setting-row-acts">
            {may.merge && rows.length > 1 && <button type="button" className="icon-button" aria-label={`${t('tags.merge')}: ${tag.name}`} title={t('tags.merge')} onClick={() => onAsk({ what: 'merge', tag })}><Combine size={15} /></button>}
            {may.remove && <button type="button" className="icon-button" aria-label={`${t(`verb.${TAG}.remove`)}: ${tag.name}`} title={t(`verb.${TAG}.remove`)} onClick={() => onAsk({ what: 'remove', tag })}><Trash2 size={15} /></button>}
            {may.edit && <Button size="small" icon={<Pencil size={13} />} aria-label={`${t('people.edit')}: ${tag.name}`} onClick={() => onAsk({ what: 'edit', tag })}>{t('people.edit')}</Button>}
          </div>
        </li>
      ))}
    </ul>
  )
}

export default function TagsPage() {
  const { t } = useWords()
  const api = useApi()
  const mayRead = useGrant(`${TAG}.read`)
  const mayCreate = useGrant(`${TAG}.create`)
  const rows = useRows<TagRow>(TAGS, { sort: 'name', limit: MOST, columns: ['name', 'colour', 'version'] }, mayRead)
  const uses = useQuery({ queryKey: ['list', TAGS, 'uses'], queryFn: () => api.get<{ uses: Uses }>(`${TAGS}/uses`), enabled: mayRead }).data?.uses ?? {}
  const [asked, setAsked] = useState<Asked>(null)
  const close = (): void => setAsked(null)
  const total = (id: string): number => Object.values(uses[id] ?? {}).reduce((a, b) => a + b, 0)
  return (
    <PageShell title={t('nav.tags')} actions={mayCreate && <Button type="primary" icon={<Plus size={15} />} onClick={() => setAsked({ what: 'new' })}>{t(`verb.${TAG}.create`)}</Button>}>
      <div className="narrow-wide">
        <p className="page-intro">{t('tags.intro')}</p>
        {!mayRead ? <Failed error={new Problem(403, {})} /> : rows.error ? <Failed error={rows.error} onRetry={() => void rows.refetch()} /> : !rows.data ? <Loading lines={6} /> : (
          <Section isBare>{rows.data.rows.length ? <TagRows rows={rows.data.rows} uses={uses} onAsk={setAsked} /> : <Empty title={t('tags.none')} text={t('tags.none_text')} />}</Section>
        )}
      </div>
      {asked?.what === 'new' && <TagForm onClose={close} />}
      {asked?.what === 'edit' && <TagForm tag={asked.tag} onClose={close} />}
      {asked?.what === 'merge' && <MergeForm tag={asked.tag} count={total(asked.tag.id)} onClose={close} />}
      {asked?.what === 'remove' && <RemoveForm tag={asked.tag} count={total(asked.tag.id)} onClose={close} />}
    </PageShell>
  )
}
