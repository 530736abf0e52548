// Takes an import back, after saying what that means.
import { problemWords } from '@trunnion/kit/api'
import { Dialog, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useGrant } from '../session'
import { IMPORT, useAct } from './data'

interface UndoProps {
  id: string
  number: string
  isSmall?: boolean
}

export function UndoButton({ id, number, isSmall }: UndoProps) {
  const { t, words } = useWords()
  const toasts = useToasts()
  const mayUndo = useGrant('integrations.import.undo')
  const [isAsking, setAsking] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const act = useAct(id)
  if (!mayUndo) return null

  async function undo(): Promise<void> {
    setBusy(true)
    try {
      await act('undo')
      setAsking(false)
    } catch (error) {
      toasts.bad(problemWords(words, error, IMPORT))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button className="import-undo" size={isSmall ? 'small' : 'middle'} type={isSmall ? 'text' : 'default'} danger={!isSmall} icon={<Undo2 size={14} />} onClick={() => setAsking(true)}>{t('imports.undo')}</Button>
      {isAsking && (
        <Dialog
          title={t('import.undo_title', { number })}
          onClose={() => setAsking(false)}
          foot={<><Button onClick={() => setAsking(false)}>{t('kit.cancel')}</Button><Button type="primary" danger loading={isBusy} onClick={() => void undo()}>{t('import.undo')}</Button></>}
        >
          <p className="dialog-intro">{t('import.undo_text')}</p>
        </Dialog>
      )}
    </>
  )
}
