// The sheet of shortcuts, opened with "?".
import { Dialog } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useMe } from '../session'
import { GO, MAKE, SHORTCUTS } from './keys'
import { navigationOf } from './nav'

function Line({ keys, name }: { keys: string[]; name: string }) {
  return <div className="key-line"><dt>{name}</dt><dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd></div>
}

export default function Sheet({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const grants = useMe()?.grants ?? []
  const places = navigationOf(grants).flatMap((group) => group.items).filter((item) => GO[item.to])
  return (
    <Dialog title={t('keys.title')} onClose={onClose} foot={<Button onClick={onClose}>{t('kit.close')}</Button>}>
      <dl className="key-sheet">
        {SHORTCUTS.map((one) => <Line key={one.words_key} keys={one.keys} name={t(one.words_key)} />)}
        {MAKE.filter((one) => grants.includes(one.grant)).map((one) => <Line key={one.key} keys={[one.key.toUpperCase()]} name={t(one.words_key)} />)}
        {places.map((item) => <Line key={item.to} keys={['G', GO[item.to]!.toUpperCase()]} name={t('keys.go', { place: t(item.words_key) })} />)}
      </dl>
    </Dialog>
  )
}
