// A question that takes one's own password: for what nobody else may do in an open browser. Nothing of it is drafted.
import { problemWords } from '@trunnion/kit/api'
import { Dialog } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'
import { useId, useState, type FormEvent, type ReactNode } from 'react'

interface AskProps {
  title: string
  intro?: string
  submit: string
  isDanger?: boolean
  /** More fields, below the password. */
  children?: ReactNode
  onSend: (password: string) => Promise<void>
  onClose: () => void
}

/** Sends what a form holds, once at a time; says what is wrong with it. The form goes when it went well. */
export function useSent(send: () => Promise<void>) {
  const { t, words } = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setFault(null)
    try {
      await send()
    } catch (error) {
      setFault(error instanceof DOMException ? t('second.passkey_failed') : problemFields(words, error))
      setBusy(false)
    }
  }

  return { fault, isBusy, submit }
}

export function AskPassword({ title, intro, submit, isDanger = false, children, onSend, onClose }: AskProps) {
  const { t } = useWords()
  const form = useId()
  const [password, setPassword] = useState('')
  const { fault, isBusy, submit: send } = useSent(() => onSend(password))

  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={<><Button onClick={onClose}>{t('kit.cancel')}</Button><Button type="primary" danger={isDanger} htmlType="submit" form={form} loading={isBusy}>{submit}</Button></>}
    >
      {intro && <p className="dialog-intro">{intro}</p>}
      {fault && <div className="form-problem" role="alert">{fault}</div>}
      <form id={form} className="stacked" onSubmit={(event) => void send(event)}>
        <label htmlFor={`${form}-password`}>{t('security.password')}</label>
        <Input.Password id={`${form}-password`} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        {children}
      </form>
    </Dialog>
  )
}

/** The fault of a field says more than that something was wrong. */
function problemFields(words: ReturnType<typeof useWords>['words'], error: unknown): string {
  const first = (error as { errors?: { code: string; facts?: Record<string, unknown> }[] } | null)?.errors?.[0]
  return first && words.has(`refusal.${first.code}`) ? words.t(`refusal.${first.code}`) : problemWords(words, error)
}
