// The sheet of shortcuts, opened with "?": what there is, other letters for those who want them, and none at all.
import { Dialog } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { useMe } from '../session'
import { faultOf, keepChoice, makeLetter, placeLetters, readChoice, type KeyChoice } from './key-choice'
import { GO, MAKE, SHORTCUTS } from './key-table'
import { navigationOf } from './nav'

interface LineProps {
  keys: string[]
  name: string
  /** What the last key leads to, where another letter may be chosen. */
  to?: string
  onLetter?: (to: string, letter: string) => void
}

function Line({ keys, name, to, onLetter }: LineProps) {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)

  function listen(event: KeyboardEvent): void {
    if (!isAsking || event.key === 'Tab' || event.key === 'Shift') return
    event.preventDefault()
    event.stopPropagation()
    event.nativeEvent.stopImmediatePropagation()
    setAsking(false)
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== ' ') onLetter?.(to!, event.key.toLowerCase())
  }

  return (
    <div className="key-line">
      <dt>{name}</dt>
      <dd>
        {keys.slice(0, to ? -1 : undefined).map((key) => <kbd key={key}>{key}</kbd>)}
        {to && <button type="button" className="key-letter" aria-label={t('keys.change', { name })} onClick={() => setAsking(true)} onKeyDown={listen} onBlur={() => setAsking(false)}><kbd>{isAsking ? '…' : keys.at(-1)}</kbd></button>}
      </dd>
    </div>
  )
}

export default function Sheet({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useWords()
  const grants = useMe()?.grants ?? []
  const [choice, setChoice] = useState(readChoice)
  const [fault, setFault] = useState('')
  const letters = placeLetters(choice)
  const places = navigationOf(grants).flatMap((group) => group.items).filter((item) => GO[item.to])

  function keep(next: KeyChoice): void {
    keepChoice(next)
    setChoice(next)
    setFault('')
  }

  function letter(to: string, key: string): void {
    const wrong = faultOf(choice, to, key)
    if (wrong) setFault(t(wrong, { key: key.toUpperCase() }))
    else keep({ ...choice, letters: { ...choice.letters, [to]: key } })
  }

  const isOwn = choice.isOff || Object.keys(choice.letters).length > 0
  return (
    <Dialog title={t('keys.title')} onClose={onClose} foot={<><Button onClick={onHelp}>{t('help.open')}</Button>{isOwn && <Button onClick={() => keep({ isOff: false, letters: {} })}>{t('keys.reset')}</Button>}<Button type="primary" onClick={onClose}>{t('kit.close')}</Button></>}>
      <label className="key-switch"><input type="checkbox" checked={!choice.isOff} onChange={(event) => keep({ ...choice, isOff: !event.target.checked })} /> {t('keys.on')}</label>
      <p className="muted key-hint">{t('keys.hint')}</p>
      {fault && <p className="form-problem" role="alert">{fault}</p>}
      <dl className="key-sheet">
        {SHORTCUTS.map((one) => <Line key={one.words_key} keys={one.keys} name={t(one.words_key)} />)}
        {MAKE.filter((one) => grants.includes(one.grant)).map((one) => <Line key={one.key} keys={[makeLetter(choice, one.to).toUpperCase()]} name={t(one.words_key)} to={one.to} onLetter={letter} />)}
        {places.map((item) => <Line key={item.to} keys={['G', letters[item.to]!.toUpperCase()]} name={t('keys.go', { place: t(item.words_key) })} to={item.to} onLetter={letter} />)}
      </dl>
    </Dialog>
  )
}
