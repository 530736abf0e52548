// Who decides for whom, from when until when: lent, arranged for somebody else, and taken back.
import { Empty, Failed, Loading } from '@trunnion/kit/plain'
import type { Row } from '@trunnion/kit/api'
import { problemWords } from '@trunnion/kit/api'
import { FormDialog, Section, useRows, useSteps, useToasts, type FieldSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { memberReference } from '../references'
import { useGrant, useMe } from '../session'
import { DELEGATION, DELEGATIONS } from './data'
import { usePossible } from './possible'

type DelegationRow = Row & { from_name: string; to_name: string; from_at: string; until_at: string; verb: string; reason: string; revoked_at: string | null }

const word = (key: string): string => `field.${DELEGATION}.${key}`

function useFields(isFor: boolean): FieldSpec[] {
  const verbs = usePossible()
  const member = (key: string): FieldSpec => ({ key, type: 'reference', words_key: word(key), isRequired: true, reference: { ...memberReference, filter: () => ({ field: 'is_active', op: 'eq', value: true }) } })
  return [
    ...(isFor ? [member('from_member_id')] : []),
    member('to_member_id'),
    { key: 'from_at', type: 'datetime', words_key: word('from_at'), isHalf: true, help_key: 'approval.from_help' },
    { key: 'until_at', type: 'datetime', words_key: word('until_at'), isHalf: true, isRequired: true },
    ...(verbs.length ? [{ key: 'verb', type: 'choice', words_key: word('verb'), choices: verbs.map((verb) => ({ value: verb, words_key: `verb.${verb}` })) } as FieldSpec] : []),
    { key: 'reason', type: 'text', words_key: word('reason') },
  ]
}

const hasEnded = (row: DelegationRow): boolean => row.revoked_at !== null || Date.parse(row.until_at) < Date.now()

function DelegationLine({ row, mayRevoke }: { row: DelegationRow; mayRevoke: boolean }) {
  const { t, words, formats } = useWords()
  const toasts = useToasts()
  const run = useSteps(DELEGATIONS)
  const isOver = hasEnded(row)

  async function revoke(): Promise<void> {
    try {
      await run([{ path: `${DELEGATIONS}/${row.id}/revoke`, args: {} }], t('kit.verb_done', { verb: t(`verb.${DELEGATION}.revoke`) }))
    } catch (error) {
      toasts.bad(problemWords(words, error, DELEGATION))
    }
  }

  return (
    <li className="token" data-over={isOver || undefined}>
      <div>
        <p className="row-title">{t('approval.decides_for', { actor: row.to_name, whom: row.from_name })}</p>
        <p className="row-sub-wrap">{[`${formats.dateTime(row.from_at)} – ${formats.dateTime(row.until_at)}`, row.verb && t(`verb.${row.verb}`), row.reason, row.revoked_at && t('approval.taken_back', { at: formats.dateTime(row.revoked_at) })].filter(Boolean).join(' · ')}</p>
      </div>
      {!isOver && mayRevoke && <Button onClick={() => void revoke()}>{t(`verb.${DELEGATION}.revoke`)}</Button>}
    </li>
  )
}

export default function Delegations() {
  const { t } = useWords()
  const me = useMe()
  const rows = useRows<DelegationRow>(DELEGATIONS, { limit: 100, sort: '-from_at' })
  const run = useSteps(DELEGATIONS)
  const mayCreate = useGrant(`${DELEGATION}.create`)
  const mayArrange = useGrant(`${DELEGATION}.arrange`)
  const mayRevoke = useGrant(`${DELEGATION}.revoke`)
  const [asked, setAsked] = useState<'create' | 'arrange' | null>(null)
  const fields = useFields(asked === 'arrange')
  if (rows.error) return <Failed error={rows.error} onRetry={() => void rows.refetch()} />
  if (!rows.data) return <Loading />
  return (
    <div className="narrow-wide">
      <Section
        isBare
        title={t('approval.delegations')}
        extra={
          <span className="section-acts">
            {mayCreate && <Button type="text" icon={<Plus size={15} />} onClick={() => setAsked('create')}>{t('approval.lend')}</Button>}
            {mayArrange && <Button type="text" onClick={() => setAsked('arrange')}>{t('approval.arrange')}</Button>}
          </span>
        }
      >
        {rows.data.rows.length === 0 ? <Empty title={t('approval.no_delegations')} text={t('approval.no_delegations_text')} />
          : <ul className="rows">{rows.data.rows.map((row) => <DelegationLine key={row.id} row={row} mayRevoke={mayRevoke && (mayArrange || row.from_name === me?.user.name)} />)}</ul>}
      </Section>
      {asked && (
        <FormDialog kind={DELEGATION} title={t(`verb.${DELEGATION}.${asked}`)} fields={fields} onClose={() => setAsked(null)} onSubmit={async (values) => { await run([{ path: `${DELEGATIONS}/${asked}`, args: values }], t('kit.verb_done', { verb: t(`verb.${DELEGATION}.${asked}`) })) }} />
      )}
    </div>
  )
}
