// Writes of the pages of administration: each says what was done, and offers the way back where there is one.
import { useQueryClient } from '@tanstack/react-query'
import { pathOf, Problem, problemWords, uuid7, type Intentions, type Outcome } from '@trunnion/kit/api'
import { inverseOf, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'

type KeyOf = Intentions['keyOf']
type Facts = Record<string, unknown>

const anew: KeyOf = () => uuid7()

/** `marks` are the query keys that are stale afterwards, besides all lists and the kind's own. */
export function useWrites(kind: string, marks: string[] = []) {
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const { t, words } = useWords()
  const stale = new Set([kind, pathOf(kind), ...marks])

  const refresh = (): Promise<void> => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'list' || queryKey.some((part) => stale.has(String(part))) })

  async function told(verb: string, undo?: () => Promise<unknown>): Promise<void> {
    await refresh()
    const said = t('kit.verb_done', { verb: t(`verb.${kind}.${verb}`) })
    if (!undo) return void toasts.good(said)
    toasts.undoable(said, async () => {
      try {
        await undo()
      } finally {
        await refresh()
      }
    })
  }

  async function create(facts: object, back?: string, keyOf: KeyOf = anew): Promise<Outcome> {
    const made = await api.create(kind, facts, keyOf(facts))
    await told('create', back === undefined ? undefined : () => api.verb(kind, made.id, back))
    return made
  }

  async function edit(row: { id: string; version: number }, facts: Facts, before: Facts, keyOf: KeyOf = anew): Promise<void> {
    const done = await api.edit(kind, row.id, row.version, facts, keyOf(row, facts))
    const back = Object.fromEntries(Object.keys(facts).map((key) => [key, before[key]]))
    await told('edit', () => api.edit(kind, row.id, done.version, back))
  }

  /** A verb of one record; those that have an inverse without arguments can be taken back. */
  async function act(id: string, verb: string, args: object = {}): Promise<void> {
    await api.verb(kind, id, verb, args)
    const inverse = inverseOf(kind, verb)
    await told(verb, inverse === undefined ? undefined : () => api.verb(kind, id, inverse))
  }

  /** A verb by its address; `name` is what it is called where the address holds more. */
  async function send(verb: string, args: object, undo?: () => Promise<unknown>, keyOf: KeyOf = anew, name = verb): Promise<Outcome> {
    const done = await api.act(`${pathOf(kind)}/${verb}`, args, keyOf(verb, args))
    await told(name, undo)
    return done
  }

  /** What is removed lies in the bin, from where it comes back with everything that went along. */
  async function remove(id: string): Promise<void> {
    await api.verb(kind, id, 'remove')
    await told('remove', async () => {
      const thrown = await api.get<{ rows: { entry_id: string; row_id: string }[] }>('system/bin?limit=50')
      const found = thrown.rows.find((one) => one.row_id === id)
      if (!found) throw new Problem(404, {})
      await api.act(`system/bin/${found.entry_id}/restore`, {})
    })
  }

  const tried = (work: () => Promise<unknown>): void => void work().catch((error: unknown) => toasts.bad(problemWords(words, error, kind)))

  return { api, create, edit, act, send, remove, tried, refresh }
}
