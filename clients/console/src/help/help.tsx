// Help for the page that is open, with the way to the shortcuts, and which version this is.
import './help.css'
import { allWords, useWords } from '@trunnion/kit/words'
import { Dialog } from '@trunnion/kit/ui'
import { Button } from 'antd'
import { Keyboard } from 'lucide-react'
import { use } from 'react'
import { topicOf } from './topics'

interface HelpProps {
  path: string
  onClose: () => void
  onKeys: () => void
}

const words = allWords()

export default function Help({ path, onClose, onKeys }: HelpProps) {
  use(words)
  const { t } = useWords()
  const lines = t(`help.page.${topicOf(path)}`).split('\n')
  return (
    <Dialog
      title={t('help.title')}
      onClose={onClose}
      foot={<><Button icon={<Keyboard size={15} />} onClick={onKeys}>{t('keys.title')}</Button><Button type="primary" onClick={onClose}>{t('kit.close')}</Button></>}
    >
      <ul className="help-lines">{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      <p className="muted help-everywhere">{t('help.everywhere')}</p>
      <p className="muted">{t('help.version', { version: TRUNNION_VERSION })}</p>
    </Dialog>
  )
}
