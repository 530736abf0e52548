// What a field is called: by our words, or by those of the organisation that made it.
import type { Words } from '../words'
import type { FieldSpec } from './fields'

export const fieldName = (field: Pick<FieldSpec, 'label' | 'words_key'>, words: Pick<Words, 't'>): string => field.label ?? words.t(field.words_key)
