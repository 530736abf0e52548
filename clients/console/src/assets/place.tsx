// One place: what it is, what stands in it, and moving, merging, editing or removing it.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import { customFacts, Facts, FormDialog, Section, StateTag, useApi, useRows, useSteps, useToasts, VerbBar, type FieldSpec, type VerbSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useMemo, useState } from 'react'
import { MergedSection } from '../merging/around'
import { useUnmerge } from '../merging/unmerge'
import { EditRecord } from '../records/edit'
import { EditableHistory } from '../records/history'
import { ASSET, ASSETS, LOCATIONS } from './data'
import { LOCATION, useMovePlace, type PlaceFacts } from './places'
import { locationReference } from './references'

const word = (key: string): string => `field.${LOCATION}.${key}`
const EDIT: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: word('name'), isRequired: true },
  { key: 'code', type: 'text', words_key: word('code') },
  { key: 'description', type: 'longtext', words_key: word('description') },
]
const PARENT: FieldSpec[] = [{ key: 'parent_id', type: 'reference', words_key: word('parent_id'), reference: locationReference, help_key: 'location.parent_help', autoFocus: true }]
const INTO: FieldSpec[] = [{ key: 'into_id', type: 'reference', words_key: word('into_id'), reference: locationReference, isRequired: true, autoFocus: true }]
const MOST = 200

function PlaceAssets({ place }: { place: PlaceFacts }) {
  const { t } = useWords()
  const rows = useRows(ASSETS, { filter: { field: 'location_path', op: 'starts', value: place.path }, limit: MOST, sort: 'name', count: 'estimated' })
  return (
    <Section isBare title={<>{t('nav.assets')}{rows.data?.count ? <span className="section-count">{rows.data.count.value}</span> : null}</>}>
      {rows.error ? <Failed error={rows.error} /> : !rows.data ? <Loading /> : rows.data.rows.length === 0 ? <Empty title={t('location.no_assets')} /> : (
        <ul className="rows">
          {rows.data.rows.map((row) => (
            <li key={row.id}>
              <Link to="/assets/$id" params={{ id: row.id }} className="row-link">
                <span className="row-title">{String(row.name)}</span>
                <span className="row-side"><StateTag kind={ASSET} state={String(row.state)} /></span>
                <span className="row-sub">{[row.number, row.model, row.location].filter(Boolean).join(' · ')}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {rows.data?.next && <p className="section-body"><Link to="/assets" search={{ filters: [{ field: 'location_path', op: 'starts', value: place.path }] }}>{t('location.all_assets')}</Link></p>}
    </Section>
  )
}

/** Roles that machines fill there, with what fills them now. */
function Positions({ place }: { place: PlaceFacts }) {
  const { t } = useWords()
  const rows = useRows('assets/positions', { filter: { field: 'location_id', op: 'eq', value: place.id }, limit: MOST, sort: 'code' }, place.positions > 0)
  if (!rows.data?.rows.length) return null
  return (
    <Section isBare title={<>{t('location.positions')}<span className="section-count">{rows.data.rows.length}</span></>}>
      <ul className="rows">
        {rows.data.rows.map((row) => <li key={row.id} className="known-row-line"><span className="row-title">{[row.code, row.name].filter(Boolean).join(' ')}</span></li>)}
      </ul>
    </Section>
  )
}

type Asked = 'edit' | 'move' | 'merge' | null

function PlaceForms({ place, asked, onClose }: { place: PlaceFacts; asked: Asked; onClose: () => void }) {
  const { t } = useWords()
  const run = useSteps(place.id)
  const navigate = useNavigate()
  const move = useMovePlace()
  const unmerge = useUnmerge(LOCATION)
  const toasts = useToasts()
  if (asked === 'edit') return <EditRecord kind={LOCATION} record={place} fields={EDIT} onClose={onClose} />
  if (asked === 'move') {
    return <FormDialog kind={LOCATION} title={t(`verb.${LOCATION}.move`)} submit={t('location.move')} intro={place.place} fields={PARENT} initial={{ parent_id: place.parent_id ?? undefined }} onClose={onClose} onSubmit={async (values) => move(place, (values.parent_id as string | undefined) ?? null)} />
  }
  if (asked !== 'merge') return null
  return (
    <FormDialog
      kind={LOCATION}
      title={t(`verb.${LOCATION}.merge`)}
      submit={t('location.merge')}
      intro={t('location.merge_intro', { name: place.name, assets: place.assets, positions: place.positions })}
      isDanger
      fields={INTO}
      onClose={onClose}
      onSubmit={async (values) => {
        const into = String(values.into_id)
        await run([{ path: `${LOCATIONS}/${place.id}/merge`, args: values }])
        toasts.undoable(t('location.merged', { name: place.name }), () => unmerge(place.id, into))
        await navigate({ to: '/locations', search: { at: into } })
      }}
    />
  )
}

export function PlacePanel({ id }: { id: string }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked>(null)
  const query = useQuery({ queryKey: ['detail', LOCATIONS, id], queryFn: () => api.detail<PlaceFacts>(LOCATION, id) })
  const specs = useMemo<Record<string, VerbSpec>>(() => ({
    move: { rank: 1, open: () => setAsked('move') },
    edit: { rank: 2, open: () => setAsked('edit') },
    merge: { open: () => setAsked('merge') },
    unmerge: { rank: 1, fields: [] },
    remove: { isDanger: true, fields: [], intro_key: 'location.remove_intro' },
  }), [])
  const place = query.data
  if (query.error && !place) return <Section><Failed error={query.error} /></Section>
  if (!place) return <Section><Loading lines={6} /></Section>
  const label = (key: string): string => t(word(key))
  return (
    <div>
      <Section
        title={place.name}
        extra={<VerbBar isEven target={{ kind: LOCATION, id, version: place.version }} actions={place.actions} specs={specs} onDone={(_, verb) => { if (verb === 'remove') void navigate({ to: '/locations', search: { at: place.parent_id ?? undefined } }) }} />}
      >
        {place.merged_into_id && <p className="banner banner-plain"><span>{t('merge.was_merged')} <Link to="/locations" search={{ at: place.merged_into_id }}>{t('merge.open_kept')}</Link></span></p>}
        <Facts facts={[
          { label: label('parent_id'), value: place.place },
          { label: label('kind'), value: t(`choice.${LOCATION}.kind.${place.kind}`) },
          { label: label('code'), value: place.code },
          { label: label('zone'), value: place.zone || place.effective_zone },
          { label: t('kind.assets.location_group'), value: place.zones.map((one) => one.name).join(' · ') },
          { label: label('description'), value: place.description },
          ...customFacts(place.custom, words, formats),
        ]}
        />
      </Section>
      <Positions place={place} />
      <PlaceAssets place={place} />
      <MergedSection kind={LOCATION} id={id} merged={place.merged} />
      <EditableHistory kind={LOCATION} record={place} fields={EDIT} mayEdit={place.actions.includes('edit') && !place.merged_into_id} entries={place.history} />
      <PlaceForms place={place} asked={asked} onClose={() => setAsked(null)} />
    </div>
  )
}
