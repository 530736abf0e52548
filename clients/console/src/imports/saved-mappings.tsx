// Mappings kept under a name: used again, kept anew, forgotten.
import { useQueryClient } from '@tanstack/react-query'
import { problemWords } from '@trunnion/kit/api'
import { Empty } from '@trunnion/kit/plain'
import { Dialog, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { BookMarked, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Mapped } from './mapping'

interface SavedProps {
  mapped: Mapped
  target: string
  onKept: (name: string) => Promise<void>
  onKeep: (name: string) => Promise<void>
}

export function SavedMappings({ mapped, onKept, onKeep }: SavedProps) {
  const { t, words } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const toasts = useToasts()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState(mapped.kept)
  const [isBusy, setBusy] = useState(false)

  async function run(work: () => Promise<unknown>, isLast = true): Promise<void> {
    setBusy(true)
    try {
      await work()
      if (isLast) setOpen(false)
    } catch (error) {
      toasts.bad(problemWords(words, error))
    } finally {
      setBusy(false)
    }
  }

  const forget = (id: string): Promise<void> => run(async () => {
    await api.verb('integrations.mapping', id, 'remove')
    await queries.invalidateQueries({ queryKey: ['mapping'] })
  }, false)

  return (
    <>
      <Button icon={<BookMarked size={15} />} onClick={() => setOpen(true)}>{mapped.kept ? t('imports.saved_as', { name: mapped.kept }) : t('imports.saved')}</Button>
      {isOpen && (
        <Dialog
          title={t('imports.saved')}
          onClose={() => setOpen(false)}
          foot={<><Button onClick={() => setOpen(false)}>{t('kit.close')}</Button><Button type="primary" loading={isBusy} disabled={!name.trim()} onClick={() => void run(() => onKeep(name.trim()))}>{t('kit.save')}</Button></>}
        >
          <p className="dialog-intro">{t('imports.saved_text')}</p>
          <label className="import-option import-save-name"><span>{t('imports.save_name')}</span><Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} onPressEnter={() => { if (name.trim()) void run(() => onKeep(name.trim())) }} /></label>
          {mapped.mappings.length === 0 ? <Empty title={t('imports.none_saved')} /> : (
            <ul className="rows import-saved">
              {mapped.mappings.map((one) => (
                <li key={one.id}>
                  <span className="row-title">{one.name}</span>
                  <Button size="small" disabled={isBusy} onClick={() => void run(() => onKept(one.name))}>{t('imports.use_saved')}</Button>
                  <Button size="small" type="text" danger icon={<Trash2 size={14} />} aria-label={t('imports.remove', { name: one.name })} onClick={() => void forget(one.id)} />
                </li>
              ))}
            </ul>
          )}
        </Dialog>
      )}
    </>
  )
}
