// The second step of signing in: a code of the app or of the recovery list, or a passkey.
import { useState, type FormEvent } from 'react'
import { problemWords, proveByCode, proveByPasskey, type Api, type Second, type SignedIn } from '../api'
import { useWords } from '../words'

export interface SecondStepProps {
  api: Api
  second: Second
  onDone: (opened: SignedIn) => Promise<void> | void
  /** Back to the password. */
  onAgain: () => void
}

export function useSecondStep({ api, second, onDone }: SecondStepProps) {
  const { t, words } = useWords()
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function attempt(prove: () => Promise<SignedIn>): Promise<void> {
    setBusy(true)
    setFault(null)
    try {
      await onDone(await prove())
    } catch (error) {
      // Whoever closes the browser's own question has not failed.
      if (error instanceof DOMException) setFault(error.name === 'NotAllowedError' ? null : t('second.passkey_failed'))
      else setFault(problemWords(words, error))
      setBusy(false)
    }
  }

  return {
    code, setCode, fault, isBusy,
    submit: (event: FormEvent) => { event.preventDefault(); void attempt(() => proveByCode(api, second, code)) },
    byPasskey: second.ways.includes('passkey') ? () => void attempt(() => proveByPasskey(api, second)) : null,
    label: t(second.ways.includes('totp') ? 'second.code' : 'second.recovery'),
  }
}

export default function SecondStep(props: SecondStepProps & { className: string }) {
  const { t } = useWords()
  const { code, setCode, fault, isBusy, submit, byPasskey, label } = useSecondStep(props)
  return (
    <form className={props.className} onSubmit={submit}>
      <h2>{t('second.title')}</h2>
      {byPasskey && <button type="button" className="button big" disabled={isBusy} onClick={byPasskey}>{t('second.passkey')}</button>}
      <label htmlFor="second-code">{label}</label>
      <input id="second-code" autoComplete="one-time-code" spellCheck={false} required value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      {fault && <p className="fault" role="alert">{fault}</p>}
      <button type="submit" className="button big" disabled={isBusy}>{t('second.submit')}</button>
      <button type="button" className="link-button" onClick={props.onAgain}>{t('second.again')}</button>
    </form>
  )
}
