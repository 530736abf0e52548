// What a new record has in a field unless somebody says otherwise: entered as the field itself is.
import { customInput, FieldInput, fieldName } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { FIELD, type Definition } from './data'

type Draft = Pick<Definition, 'key' | 'value_type' | 'unit' | 'refers_to' | 'choices' | 'required_at' | 'default'>

export default function Preset({ draft, set }: { draft: Draft; set: (facts: { default: unknown }) => void }) {
  const { words, language } = useWords()
  const [input] = customInput(draft, draft.value_type, words.t(`field.${FIELD}.default`), language, () => undefined)
  if (!input) return null
  const value = input.type === 'number' && draft.default !== null ? Number(draft.default) : (draft.default ?? undefined)
  return <FieldInput field={input} label={fieldName(input, words)} values={{}} value={value} onChange={(next) => set({ default: next ?? null })} />
}
