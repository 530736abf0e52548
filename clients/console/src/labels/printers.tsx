// The printer's offset: chosen, corrected by what the calibration page shows, added.
import { useQueryClient } from '@tanstack/react-query'
import { useApi, useRows, useSteps } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Select } from 'antd'
import { Download, Plus, Ruler } from 'lucide-react'
import { useState } from 'react'
import { useGrant } from '../session'
import type { PrinterRow } from './data'
import { PrinterDialog, PRINTERS } from './dialogs'

interface ChoiceProps {
  value: string | undefined
  /** Its labels are outlined on the calibration page. */
  templateId?: string
  page: string
  onChange: (id: string | undefined) => void
}

export function PrinterChoice({ value, templateId, page, onChange }: ChoiceProps) {
  const { t } = useWords()
  const api = useApi()
  const queries = useQueryClient()
  const run = useSteps(PRINTERS)
  const rows = useRows<PrinterRow>(PRINTERS, { limit: 200 }).data?.rows ?? []
  const mayCreate = useGrant('attach.label_printer.create')
  const mayEdit = useGrant('attach.label_printer.edit')
  const [asked, setAsked] = useState<'new' | 'edit' | null>(null)
  const chosen = rows.find((row) => row.id === value)

  async function keep(values: Record<string, unknown>): Promise<void> {
    if (asked === 'new') {
      const made = await run([{ path: `${PRINTERS}/create`, args: values }], t('kit.verb_done', { verb: t('verb.attach.label_printer.create') }))
      onChange(made?.id)
    } else if (chosen) {
      const { version } = await api.detail<{ version: number }>('attach.label_printer', chosen.id)
      await api.edit('attach.label_printer', chosen.id, version, values)
      await queries.invalidateQueries({ queryKey: ['list'] })
    }
  }

  const offset = (row: PrinterRow): string => `${row.name} (${Number(row.offset_x_mm)} / ${Number(row.offset_y_mm)} mm)`
  return (
    <>
      <Select aria-label={t('labels.printer')} className="wide" value={value ?? ''} onChange={(next) => onChange(next || undefined)} options={[{ value: '', label: t('labels.no_printer') }, ...rows.map((row) => ({ value: row.id, label: offset(row) }))]} />
      <span className="label-acts">
        {mayCreate && <Button icon={<Plus size={14} />} onClick={() => setAsked('new')}>{t('labels.new_printer')}</Button>}
        {chosen && mayEdit && <Button icon={<Ruler size={14} />} onClick={() => setAsked('edit')}>{t('labels.edit_printer')}</Button>}
        {chosen && <Button icon={<Download size={14} />} href={`/api/${PRINTERS}/${chosen.id}/calibration?page=${page}${templateId ? `&template_id=${templateId}` : ''}`} download>{t('labels.calibration')}</Button>}
      </span>
      {asked && <PrinterDialog title={t(asked === 'new' ? 'labels.new_printer' : 'labels.edit_printer')} printer={asked === 'edit' ? chosen : undefined} onSubmit={keep} onClose={() => setAsked(null)} />}
    </>
  )
}
