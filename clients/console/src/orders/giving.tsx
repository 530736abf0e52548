// Puts somebody on one order or on many: one key, two letters, Enter; what is refused is told, the rest can be taken back.
import { useQueryClient } from '@tanstack/react-query'
import { problemWords } from '@trunnion/kit/api'
import { useApi, useRows, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useState } from 'react'
import { engineerReference } from '../references'
import { ORDER, ORDERS } from './data'
import { giveVerb } from './moves'
import { Picker, type Choice } from './picker'

export interface Givable {
  id: string
  number: string
  state: string
  leading_id: string | null
}

export interface Engineer {
  id: string | null
  name: string
}

const NOBODY = 'nobody'
const SHOWN = 30
const TOLD = 5

/** Does it and says so; resolves when all of them are through. */
export function useGive() {
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { t, words } = useWords()
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['list', ORDERS] })

  async function back(done: Givable[]): Promise<void> {
    try {
      for (const one of done) await api.verb(ORDER, one.id, 'assign', { resource_id: one.leading_id })
    } finally {
      await refresh()
    }
  }

  return async (orders: Givable[], engineer: Engineer, onStep?: (done: number) => void): Promise<void> => {
    const refused: string[] = []
    const assigned: Givable[] = []
    let count = 0
    for (const [index, one] of orders.entries()) {
      const verb = giveVerb(one.state)
      try {
        if (!verb) refused.push(t('board.not_now', { verb: t(`verb.${ORDER}.assign`), number: one.number }))
        else {
          await api.verb(ORDER, one.id, verb, { resource_id: engineer.id })
          count += 1
          if (verb === 'assign') assigned.push(one)
        }
      } catch (error) {
        refused.push(`${one.number}: ${problemWords(words, error, ORDER)}`)
      }
      onStep?.(index + 1)
    }
    await refresh()
    const said = t(engineer.id ? 'board.given' : 'board.given_nobody', { name: engineer.name, what: orders.length === 1 ? orders[0]!.number : t('board.orders', { count }) })
    if (assigned.length) toasts.undoable(said, () => back(assigned))
    else if (count) toasts.good(said)
    if (refused.length) toasts.bad([...refused.slice(0, TOLD), ...(refused.length > TOLD ? [t('board.more_refused', { count: refused.length - TOLD })] : [])].join(' '))
  }
}

interface GivePickerProps {
  title: string
  onGive: (engineer: Engineer) => void
  onClose: () => void
}

export function GivePicker({ title, onGive, onClose }: GivePickerProps) {
  const { t, language } = useWords()
  const [typed, setTyped] = useState('')
  const search = typed.trim()
  const rows = useRows(engineerReference.listing, { search: search || undefined, sort: engineerReference.sort, filter: engineerReference.filter?.({}), limit: SHOWN })
  const found = rows.data?.rows ?? []
  const choices: Choice[] = found.map((row) => ({ key: row.id, label: engineerReference.label(row, language), hint: engineerReference.hint?.(row, language) }))
  if (!search) choices.push({ key: NOBODY, label: t('board.nobody') })
  const pick = (key: string): void => onGive(key === NOBODY ? { id: null, name: '' } : { id: key, name: choices.find((one) => one.key === key)?.label ?? '' })
  return <Picker title={title} placeholder={t('board.who')} choices={rows.data ? choices : []} isLoading={rows.isFetching} onTyped={setTyped} onPick={pick} onClose={onClose} />
}
