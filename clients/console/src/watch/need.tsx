// Says which class of equipment one needs.
import { ReferenceSelect } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { classReference } from '../references'

export default function Need({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { t } = useWords()
  return <ReferenceSelect label={t('watch.need')} placeholder={t('watch.need_hint')} spec={classReference} value={value} onChange={onChange} />
}
