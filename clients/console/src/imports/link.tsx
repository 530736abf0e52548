// The way from a list into the wizard, with the kind of record chosen.
import { useNavigate } from '@tanstack/react-router'
import { useWords } from '@trunnion/kit/words'
import { Button } from 'antd'
import { Upload } from 'lucide-react'
import { useGrant } from '../session'
import { PERMISSIONS } from './targets'

export function ImportLink({ target }: { target: string }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const mayImport = useGrant('integrations.import.create')
  const mayWrite = useGrant(PERMISSIONS[target] ?? '')
  if (!mayImport || !mayWrite) return null
  return <Button icon={<Upload size={15} />} aria-label={t('imports.button')} onClick={() => void navigate({ to: '/imports', search: { as: target } })}><span className="wide-only">{t('imports.button')}</span></Button>
}
