// How many orders each column of the board should hold at most: shown where there are more, never in anybody's way.
import { DraftDialog, NumberField, StateTag, useApi, useSending } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { useWrites } from '../administration/writes'
import type { Column } from './board-data'
import { ORDER, ORDERS } from './data'

const KIND = 'work.board_limit'
type Draft = Record<string, number | undefined>

const lines = (draft: Draft) => Object.entries(draft).flatMap(([state, most]) => (most === undefined ? [] : [{ state, most }]))

export default function Limits({ columns, onClose }: { columns: Column[]; onClose: () => void }) {
  const { t } = useWords()
  const api = useApi()
  const { send } = useWrites(KIND, [ORDERS])
  const before: Draft = Object.fromEntries(columns.map((column) => [column.key!, column.most ?? undefined]))
  const sending = useSending<Draft>({
    initial: before,
    send: (draft, keyOf) => send('set', { limits: lines(draft) }, () => api.act('work/board_limits/set', { limits: lines(before) }), keyOf),
    onClose,
  })
  const { draft, set } = sending
  return (
    <DraftDialog title={t('board.limits')} kind={KIND} sending={sending} isReady={Object.values(draft).every((most) => most === undefined || (Number.isInteger(most) && most > 0))}>
      <p className="dialog-intro">{t('board.limits_intro')}</p>
      <ul className="limits">
        {columns.map((column) => (
          <li key={column.key}>
            <StateTag kind={ORDER} state={column.key!} />
            <NumberField label={t('board.limit_of', { column: t(`state.${ORDER}.${column.key!}`) })} value={draft[column.key!]} onChange={(most) => set({ [column.key!]: most })} />
          </li>
        ))}
      </ul>
    </DraftDialog>
  )
}
