// What can be done to a card of the board: moved by a verb, given to somebody, made more or less urgent.
import { useQueryClient } from '@tanstack/react-query'
import { problemWords } from '@trunnion/kit/api'
import { useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { ORDER, ORDERS, type Order } from './data'
import { changed, type BoardAnswer, type Card, type Change } from './board-data'
import { orderVerbs } from './verbs'

export const PRIORITIES = ['urgent', 'high', 'normal', 'low']

export function useBoardMoves(key: readonly unknown[], onAsk: (asked: { order: Order; verb: string }) => void) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['list', ORDERS] })

  /** The card as it will be, until the server has said so itself. */
  function foresee(id: string, change: Change): void {
    // An answer that is on its way does not know of it yet.
    void queries.cancelQueries({ queryKey: key })
    queries.setQueryData<BoardAnswer>(key, (now) => now && changed(now, id, change))
  }

  async function act(id: string, verb: string): Promise<void> {
    try {
      const order = await api.detail<Order>(ORDER, id)
      if (!order.actions.includes(verb)) return toasts.bad(t('board.not_now', { verb: t(`verb.${ORDER}.${verb}`), number: order.number }))
      const spec = orderVerbs(order)[verb]
      if (spec?.fields?.length || spec?.intro_key) return onAsk({ order, verb })
      const outcome = await api.verb(ORDER, id, verb, {}, { version: order.version })
      toasts.good(t(outcome.approval_id ? 'kit.verb_waits' : 'kit.verb_done', { verb: t(`verb.${ORDER}.${verb}`) }))
      await refresh()
    } catch (error) {
      toasts.bad(problemWords(words, error, ORDER))
    }
  }

  async function rank(card: Card, priority: string): Promise<void> {
    const put = async (value: string): Promise<void> => {
      try {
        const order = await api.detail<Order>(ORDER, card.id)
        await api.edit(ORDER, card.id, order.version, { priority: value })
      } finally {
        await refresh()
      }
    }
    foresee(card.id, { facts: { priority }, to: priority })
    try {
      await put(priority)
      toasts.undoable(t('board.ranked', { number: card.number, priority: t(`choice.${ORDER}.priority.${priority}`) }), () => put(card.priority))
    } catch (error) {
      toasts.bad(problemWords(words, error, ORDER))
    }
  }

  return { act, rank, foresee }
}
