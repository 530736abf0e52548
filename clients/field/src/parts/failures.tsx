// What failed, how and why: three taps, and "unknown" is an honest answer to each.
import { useWords } from '@trunnion/kit/words'
import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { CODE_LISTS, type Code, type CodeList, type Failure, type Order } from '../work/types'
import { recordFailure } from '../work/verbs'
import { Fault, Sheet, useAct, useField } from './context'

const MOST = 60

function Coding({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t, language } = useWords()
  const { field } = useField()
  const { act, fault } = useAct()
  const [chosen, setChosen] = useState<Partial<Record<CodeList, string>>>({})
  const [search, setSearch] = useState('')
  const list = CODE_LISTS[Object.keys(chosen).length] ?? 'cause'
  const codes = (field.codes(order.equipment_class, language)?.[list] ?? []).filter(({ name, code }) => `${name} ${code}`.toLowerCase().includes(search.trim().toLowerCase()))
  // "Unknown" stands first: it must never be a search away.
  const sorted = codes.toSorted((a, b) => Number(b.code.toLowerCase().includes('unknown')) - Number(a.code.toLowerCase().includes('unknown')))
  const choose = async (code: Code): Promise<void> => {
    const next = { ...chosen, [list]: code.code }
    setSearch('')
    if (Object.keys(next).length < CODE_LISTS.length) setChosen(next)
    else if (await act(recordFailure(order, next))) onClose()
  }
  return (
    <Sheet title={`${Object.keys(chosen).length + 1}/3 · ${t(`field.work.failure.${list}`)}`} onClose={onClose}>
      {!codes.length && !search && <p className="soft">{t('job.no_codes')}</p>}
      <input type="search" aria-label={t('kit.search')} placeholder={t('kit.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <ul className="codes" key={list}>
        {sorted.slice(0, MOST).map((code) => <li key={code.code}><button type="button" className="code" onClick={() => void choose(code)}>{code.name}</button></li>)}
      </ul>
      <Fault text={fault} />
    </Sheet>
  )
}

function Line({ order, failure }: { order: Order; failure: Failure }) {
  const { language } = useWords()
  const { field } = useField()
  const codes = field.codes(order.equipment_class, language)
  const named = (list: CodeList): string => {
    const value = failure[`${list}_name`] ?? ''
    return codes?.[list]?.find(({ code }) => code === value)?.name ?? value
  }
  return <li className="said">{CODE_LISTS.map(named).filter(Boolean).join(' → ')}</li>
}

export function Failures({ order }: { order: Order }) {
  const { t } = useWords()
  const [isCoding, setCoding] = useState(false)
  const may = order.line_actions?.includes('failure.record')
  const failures = order.failures ?? []
  if (!may && !failures.length) return null
  return (
    <section className="card">
      <h2>{t('job.failure')}</h2>
      {failures.length > 0 && <ul className="stack">{failures.map((failure) => <Line key={failure.id} order={order} failure={failure} />)}</ul>}
      {may && <button type="button" className="button button-quiet" onClick={() => setCoding(true)}><ListChecks size={20} aria-hidden /> {t('job.failure_three')}</button>}
      {isCoding && <Coding order={order} onClose={() => setCoding(false)} />}
    </section>
  )
}
