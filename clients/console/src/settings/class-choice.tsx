// Narrows the codes to those that a class of equipment is offered.
import { ReferenceSelect, type ReferenceSpec } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { classReference } from '../references'

const CLASS: ReferenceSpec = { ...classReference, value: 'code' }

export default function ClassChoice({ value, onChange }: { value: string | undefined; onChange: (code: string | undefined) => void }) {
  const { t } = useWords()
  return <div className="setting-bar-choice"><ReferenceSelect label={t('codes.of_class')} placeholder={t('codes.of_class')} spec={CLASS} value={value} onChange={onChange} /></div>
}
