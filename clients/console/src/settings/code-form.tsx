// One failure code: its words in both languages, its public number, and the equipment that it is offered for.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Failed, Loading } from '@trunnion/kit/plain'
import { Dialog, DraftDialog, ReferenceSelect, useApi, useSending, type ReferenceSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useWrites } from '../administration/writes'
import { classReference } from '../references'
import { CODE, CODES } from './data'

const EVERY = '*'
const classByCode: ReferenceSpec = { ...classReference, value: 'code' }

interface FailureCode {
  id: string
  version: number
  list: string
  code: string
  notation: string
  name_en: string
  name_zh: string
  meaning_en: string
  meaning_zh: string
  classes: string[]
  standing: string
  is_shipped: boolean
  archived_at: string | null
  actions: string[]
}

type Draft = Pick<FailureCode, 'code' | 'notation' | 'name_en' | 'name_zh' | 'meaning_en' | 'meaning_zh' | 'classes'>

const WORDING = ['name_zh', 'name_en', 'meaning_zh', 'meaning_en', 'notation'] as const

function CodeForm({ list, known, onClose }: { list: string; known?: FailureCode; onClose: () => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const { create, edit, act, tried } = useWrites(CODE)
  const label = (key: string): string => t(`field.${CODE}.${key}`)
  const sending = useSending<Draft>({
    initial: () => known ?? { code: '', notation: '', name_en: '', name_zh: '', meaning_en: '', meaning_zh: '', classes: [EVERY] },
    send: async (draft, keyOf) => {
      const facts = { name_zh: draft.name_zh, name_en: draft.name_en, notation: draft.notation, meaning_zh: draft.meaning_zh, meaning_en: draft.meaning_en, classes: draft.classes.length ? draft.classes : [EVERY] }
      await (known ? edit(known, facts, { ...known }, keyOf) : create({ list, code: draft.code.trim(), ...facts }, 'archive', keyOf))
      await queries.invalidateQueries({ queryKey: [CODES] })
    },
    onClose,
  })
  const { draft, set, form } = sending
  const own = draft.classes.filter((one) => one !== EVERY)
  const way = known?.actions.includes('restore') ? 'restore' : known?.actions.includes('archive') ? 'archive' : undefined
  return (
    <DraftDialog title={known ? `${known.code} · ${t(`choice.${CODE}.list.${list}`)}` : t('codes.new_of', { list: t(`choice.${CODE}.list.${list}`) })} kind={CODE} sending={sending} isReady={Boolean(draft.name_zh.trim() || draft.name_en.trim()) && draft.code.trim() !== ''}>
      {!known && <><label htmlFor={`${form}-code`}>{label('code')}</label><Input id={`${form}-code`} maxLength={60} value={draft.code} onChange={(event) => set({ code: event.target.value })} /></>}
      {WORDING.map((key) => (
        <div key={key} className="setting-field">
          <label htmlFor={`${form}-${key}`}>{label(key)}</label>
          <Input id={`${form}-${key}`} maxLength={key === 'notation' ? 20 : key.startsWith('name') ? 200 : 500} value={draft[key]} onChange={(event) => set({ [key]: event.target.value })} />
        </div>
      ))}
      <span className="label-like">{label('classes')}</span>
      <ReferenceSelect isMultiple label={label('classes')} placeholder={t('codes.every_class')} spec={classByCode} value={own as unknown as string} onChange={(value) => set({ classes: (value as unknown as string[] | undefined) ?? [] })} />
      <p className="foot-note">{t('codes.classes_help')}</p>
      {known && way && <p><Button danger={way === 'archive'} type="text" onClick={() => { onClose(); tried(() => act(known.id, way)) }}>{t(`verb.${CODE}.${way}`)}</Button></p>}
    </DraftDialog>
  )
}

function EditCode({ id, list, onClose }: { id: string; list: string; onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const known = useQuery({ queryKey: [CODES, id], queryFn: () => api.detail<FailureCode>(CODE, id), staleTime: 0 })
  if (known.data) return <CodeForm key={known.data.version} list={list} known={known.data} onClose={onClose} />
  return <Dialog title={t(`verb.${CODE}.edit`)} onClose={onClose} foot={<Button onClick={onClose}>{t('kit.cancel')}</Button>}>{known.error ? <Failed error={known.error} /> : <Loading lines={6} />}</Dialog>
}

export default function CodeDialog({ id, list, onClose }: { id?: string; list: string; onClose: () => void }) {
  return id ? <EditCode id={id} list={list} onClose={onClose} /> : <CodeForm list={list} onClose={onClose} />
}
