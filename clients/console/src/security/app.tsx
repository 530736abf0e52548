// Setting up an authenticator app: the password, the picture to scan, the first code.
import { useApi, Dialog } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Secret } from '../records/secret'
import { AskPassword, useSent } from './ask'

const OWN = 'identity/me/factors'

interface Begun { id: string; secret: string; uri: string; picture: string }
interface AddProps { onDone: (codes: string[]) => void; onClose: () => void }

function Confirm({ begun, onDone, onClose }: AddProps & { begun: Begun }) {
  const { t } = useWords()
  const api = useApi()
  const form = useId()
  const [code, setCode] = useState('')
  const { fault, isBusy, submit } = useSent(async () => onDone((await api.post<{ codes: string[] }>(`${OWN}/${begun.id}/confirm_totp`, { code })).codes))

  return (
    <Dialog
      title={t('security.app_scan')}
      onClose={onClose}
      foot={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button type="primary" htmlType="submit" form={form} loading={isBusy}>{t('security.confirm')}</Button></>}
    >
      <p className="dialog-intro">{t('security.app_scan_text')}</p>
      <p className="factor-picture"><img src={begun.picture} alt={t('security.app_picture')} width="200" height="200" /></p>
      <Secret value={begun.secret} label={t('security.app_secret')} copied={t('security.copied')} />
      {fault && <div className="form-problem" role="alert">{fault}</div>}
      <form id={form} className="stacked" onSubmit={(event) => void submit(event)}>
        <label htmlFor={`${form}-code`}>{t('second.code')}</label>
        <Input id={`${form}-code`} inputMode="numeric" autoComplete="one-time-code" required value={code} onChange={(event) => setCode(event.target.value)} />
      </form>
    </Dialog>
  )
}

export function AddApp(props: AddProps) {
  const { t } = useWords()
  const api = useApi()
  const form = useId()
  const [name, setName] = useState('')
  const [begun, setBegun] = useState<Begun | null>(null)
  if (begun) return <Confirm {...props} begun={begun} />
  return (
    <AskPassword
      title={t('security.add_app')}
      intro={t('security.add_app_text')}
      submit={t('security.next')}
      onClose={props.onClose}
      onSend={async (password) => setBegun(await api.post<Begun>(`${OWN}/begin_totp`, { password, name: name.trim() || t('security.app_name') }))}
    >
      <label htmlFor={`${form}-name`}>{t('security.name')}</label>
      <Input id={`${form}-name`} maxLength={100} placeholder={t('security.app_name')} value={name} onChange={(event) => setName(event.target.value)} />
    </AskPassword>
  )
}

/** A passkey is asked for by the browser itself, once the password was right. */
export function AddPasskey({ onDone, onClose }: AddProps) {
  const { t } = useWords()
  const api = useApi()
  const form = useId()
  const [name, setName] = useState('')

  async function make(password: string): Promise<void> {
    const offer = await api.post<{ ticket: string; options: Record<string, unknown> }>(`${OWN}/begin_passkey`, { password })
    const { makePasskey } = await import('@trunnion/kit/passkeys')
    const credential = await makePasskey(offer.options)
    const made = await api.post<{ codes: string[] }>(`${OWN}/add_passkey`, { ticket: offer.ticket, credential, name: name.trim() || t('security.passkey_name') })
    onDone(made.codes)
  }

  return (
    <AskPassword title={t('security.add_passkey')} intro={t('security.add_passkey_text')} submit={t('security.next')} onClose={onClose} onSend={make}>
      <label htmlFor={`${form}-name`}>{t('security.name')}</label>
      <Input id={`${form}-name`} maxLength={100} placeholder={t('security.passkey_name')} value={name} onChange={(event) => setName(event.target.value)} />
    </AskPassword>
  )
}
