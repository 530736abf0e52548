// Puts somebody on all marked orders of the list.
import { problemWords } from '@trunnion/kit/api'
import { useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { ORDERS } from './data'
import { GivePicker, useGive, type Engineer, type Givable } from './giving'

/** So many ids fit into an address. */
const AT_ONCE = 100

export function GiveMarked({ ids }: { ids: string[] }) {
  const { t, words, formats } = useWords()
  const api = useApi()
  const toasts = useToasts()
  const give = useGive()
  const [isAsking, setAsking] = useState(false)
  const [done, setDone] = useState<number | null>(null)

  async function put(engineer: Engineer): Promise<void> {
    setAsking(false)
    setDone(0)
    try {
      const orders: Givable[] = []
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const answer = await api.list<Givable & Record<string, unknown>>(ORDERS, { filter: { field: 'id', op: 'in', value: ids.slice(start, start + AT_ONCE) }, columns: ['id', 'number', 'state', 'leading_id'], limit: AT_ONCE })
        orders.push(...answer.rows)
      }
      await give(orders, engineer, setDone)
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setDone(null)
    }
  }

  return (
    <>
      <Button size="small" icon={<UserPlus size={13} />} data-also="assign 指派 zp zhipai" disabled={done !== null} onClick={() => setAsking(true)}>
        {done === null ? t('board.give_marked') : `${formats.number(done)} / ${formats.number(ids.length)}`}
      </Button>
      {isAsking && <GivePicker title={t('board.to_whom_many', { count: formats.number(ids.length) })} onGive={(engineer) => void put(engineer)} onClose={() => setAsking(false)} />}
    </>
  )
}
