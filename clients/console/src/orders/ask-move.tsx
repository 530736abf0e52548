// The form of a move that must know something, fetched when somebody makes such a move.
import { FormDialog, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { ORDER, type Order } from './data'
import { orderVerbs } from './verbs'

interface AskProps {
  order: Order
  verb: string
  onClose: () => void
}

/** A move that needs to know something asks for it, as the order's own page does. */
export default function Ask({ order, verb, onClose }: AskProps) {
  const { t } = useWords()
  const spec = orderVerbs(order)[verb] ?? {}
  const run = useVerb({ kind: ORDER, id: order.id, version: order.version })
  const name = t(`verb.${ORDER}.${verb}`)
  return (
    <FormDialog
      kind={ORDER}
      title={`${name} · ${order.number}`}
      submit={name}
      intro={spec.intro_key && t(spec.intro_key)}
      fields={spec.fields ?? []}
      initial={spec.initial}
      isDanger={spec.isDanger}
      onClose={onClose}
      onSubmit={(values) => run(verb, spec.toArgs?.(values) ?? values, spec.before?.(values))}
    />
  )
}
