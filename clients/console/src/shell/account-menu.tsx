// Who is signed in, with preferences and the way out.
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { clearDrafts, useApi, useToasts } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { CircleHelp, LogOut, ShieldCheck } from 'lucide-react'
import { useMe } from '../session'
import { Preferences } from './preferences'

export function AccountMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useWords()
  const me = useMe()
  const api = useApi()
  const toasts = useToasts()
  const queries = useQueryClient()
  const navigate = useNavigate()

  async function signOut(): Promise<void> {
    await api.post('identity/sign-out').catch(() => undefined)
    queries.clear()
    clearDrafts()
    toasts.forget()
    await navigate({ to: '/sign-in', search: {} })
  }

  if (!me) return null
  return (
    <div className="account">
      <Preferences />
      <div className="account-row">
        <span className="avatar" aria-hidden>{me.user.name.slice(0, 1).toUpperCase()}</span>
        <span className="account-name" title={me.user.email}>{me.user.name}</span>
        <button type="button" className="icon-button" aria-label={t('help.open')} title={t('help.open')} aria-haspopup="dialog" onClick={onHelp}>
          <CircleHelp size={16} />
        </button>
        <Link to="/security" className="icon-button" aria-label={t('account.security')} title={t('account.security')}><ShieldCheck size={16} /></Link>
        <button type="button" className="icon-button" aria-label={t('account.sign_out')} title={t('account.sign_out')} onClick={() => void signOut()}>
          <LogOut size={16} />
        </button>
      </div>
    </div>
  )
}
