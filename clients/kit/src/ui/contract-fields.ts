// A form for any verb of the contract, where no page has drawn a better one.
import type { Words } from '../words'
import type { FieldSpec, FieldType } from './fields'
import type { ReferenceSpec } from './reference-select'

/** By the stem of an argument: `location_id` is chosen as `location`; `parties.party.parent` is that of one kind alone. */
export type References = Record<string, ReferenceSpec>

/** When it happened is now, unless a phone was offline: nobody is asked for it. */
const UNASKED = new Set(['at'])

export async function contractFields(kind: string, verb: string, references: References, words: Words): Promise<FieldSpec[]> {
  const verbs = (await import('virtual:verbs')).default
  return (verbs[`${kind}.${verb}`] ?? []).flatMap(([key, type, isRequired, choices]): FieldSpec[] => {
    const stem = key.replace(/_ids?$/, '')
    const reference = references[`${kind}.${stem}`] ?? references[stem]
    if ((type === 'reference' && !reference) || UNASKED.has(key)) return []
    return [
      {
        key,
        type: type === 'choices' ? 'choice' : type as FieldType,
        isMultiple: type === 'choices' || undefined,
        words_key: [key, stem].map((name) => `field.${kind}.${name}`).find(words.has) ?? `field.${kind}.${key}`,
        isRequired: isRequired === 1,
        isSingle: key.endsWith('file_id'),
        reference,
        choices: choices?.map((value) => ({ value, words_key: [key, key.replace(/s$/, '')].map((name) => `choice.${kind}.${name}.${value}`).find(words.has) ?? value })),
      },
    ]
  })
}
