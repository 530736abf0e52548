// Undoing an import: asked once, then told what went, what returned, and what stays because people touched it since.
import { problemWords } from '@trunnion/kit/api'
import { Dialog, Section, useVerb } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { ImportRun, Kept } from './data'

const KIND = 'integrations.import'

export function UndoButton({ run, onDone }: { run: ImportRun; onDone: () => void }) {
  const { t, words } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const act = useVerb({ kind: KIND, id: run.id }, () => { setOpen(false); onDone() })
  if (!run.actions.includes('undo')) return null

  async function undo(): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await act('undo', {})
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }

  const foot = (
    <>
      <Button onClick={() => setOpen(false)}>{t('kit.cancel')}</Button>
      <Button danger type="primary" loading={isBusy} onClick={() => void undo()}>{t('import.undo')}</Button>
    </>
  )
  return (
    <>
      <Button size="large" icon={<Undo2 size={16} aria-hidden />} onClick={() => setOpen(true)}>{t('import.undo')}</Button>
      {isOpen && (
        <Dialog title={t('import.undo_title', { number: run.number })} onClose={() => setOpen(false)} foot={foot}>
          {problem !== null && <div className="form-problem" role="alert">{problemWords(words, problem, KIND)}</div>}
          <p className="prose">{t('import.undo_text')}</p>
        </Dialog>
      )}
    </>
  )
}

function KeptTable({ kept }: { kept: Kept[] }) {
  const { t } = useWords()
  return (
    <div className="table-wrap">
      <table className="small-table">
        <thead><tr><th scope="col">{t('import.kept_what')}</th><th scope="col">{t('import.kept_name')}</th><th scope="col">{t('cobie.why')}</th></tr></thead>
        <tbody>
          {kept.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">{t(`kind.${one.kind}`)}</td>
              <td>{one.name}</td>
              <td>{one.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function TakenBack({ run }: { run: ImportRun }) {
  const { t, formats } = useWords()
  const told = run.undone
  if (told === null || run.state !== 'undone') return null
  const kept = told.kept.length + told.more
  const figures = [['removed', told.removed], ['restored', told.restored], ['kept', kept]] as const
  return (
    <Section title={t('import.undone_title')} isBare>
      <div className="figures">
        {figures.map(([name, count]) => (
          <div key={name} className="figure">
            <span className="figure-value">{formats.number(count)}</span>
            <span className="muted">{t(`import.undone.${name}`)}</span>
          </div>
        ))}
      </div>
      {kept > 0 && <div className="import-kept"><p className="muted">{t('import.kept_text')}</p><KeptTable kept={told.kept} />{told.more > 0 && <p className="muted">{t('import.kept_more', { count: formats.number(told.more) })}</p>}</div>}
    </Section>
  )
}
