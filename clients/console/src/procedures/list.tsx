// The procedures of the house: which is in force, which is being written or waits for approval.
import { useNavigate, useSearch, Link } from '@tanstack/react-router'
import { Problem, problemWords } from '@trunnion/kit/api'
import { Empty, Failed } from '@trunnion/kit/plain'
import { DataTable, FormDialog, PageShell, useApi, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { FileUp, Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { choices } from '../orders/verbs'
import { classReference } from '../references'
import { modelReference } from '../assets/references'
import { useGrant } from '../session'
import { PROCEDURE, PROCEDURES, PURPOSES } from './data'
import { readFile } from './exchange'

const word = (key: string): string => `field.${PROCEDURE}.${key}`
export const HEAD_FIELDS: FieldSpec[] = [
  { key: 'name', type: 'text', words_key: word('name'), isRequired: true, autoFocus: true },
  { key: 'description', type: 'longtext', words_key: word('description') },
  { key: 'purposes', type: 'choice', isMultiple: true, words_key: word('purposes'), help_key: 'procedure.purposes_help', choices: choices(PURPOSES, 'choice.work.order.kind') },
  { key: 'model_ids', type: 'reference', isMultiple: true, words_key: word('model_ids'), reference: modelReference },
  { key: 'classes', type: 'reference', isMultiple: true, words_key: word('classes'), reference: { ...classReference, value: 'code' } },
]

/** A file of another house or a table of steps becomes a draft. */
function BringIn() {
  const { t, words } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const navigate = useNavigate()
  const input = useId()
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return
    try {
      const found = await readFile(file)
      if (!found) return toasts.bad(t('procedure.file_unknown'))
      const made = await api.act(found.path, found.args)
      await navigate({ to: '/procedures/$id', params: { id: made.id } })
    } catch (error) {
      toasts.bad(problemWords(words, error, PROCEDURE))
    }
  }
  return (
    <>
      <input id={input} className="visually-hidden" type="file" accept=".json,.csv,text/csv,application/json" aria-label={t('procedure.bring_in')} onChange={(event) => { void read(event.target.files?.[0]); event.target.value = '' }} />
      <Button icon={<FileUp size={15} />} onClick={() => document.getElementById(input)?.click()}>{t('procedure.bring_in')}</Button>
    </>
  )
}

export default function Procedures() {
  const { t } = useWords()
  const state = useSearch({ from: '/inside/procedures' })
  const navigate = useNavigate({ from: '/procedures' })
  const api = useApi()
  const mayRead = useGrant(`${PROCEDURE}.read`)
  const mayCreate = useGrant(`${PROCEDURE}.create`)
  const [isAdding, setAdding] = useState(false)
  return (
    <PageShell isFilling title={t('nav.procedures')} actions={mayCreate && <><BringIn /><Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>{t(`verb.${PROCEDURE}.create`)}</Button></>}>
      {mayRead ? (
        <DataTable
          listing={PROCEDURES}
          state={state}
          onState={(next) => void navigate({ search: next, replace: true })}
          columns={['number', 'name', 'approved_no', 'newest_no', 'newest_state', 'changed_at']}
          lead="name"
          link={(row, content) => <Link to="/procedures/$id" params={{ id: row.id }}>{content}</Link>}
          empty={<Empty title={t('procedure.none')} text={t('procedure.none_text')} />}
        />
      ) : <Failed error={new Problem(403, {})} />}
      {isAdding && (
        <FormDialog
          kind={PROCEDURE}
          title={t(`verb.${PROCEDURE}.create`)}
          fields={HEAD_FIELDS}
          onClose={() => setAdding(false)}
          onSubmit={async (values) => {
            const made = await api.create(PROCEDURE, values)
            await navigate({ to: '/procedures/$id', params: { id: made.id } })
          }}
        />
      )}
    </PageShell>
  )
}
