// The second step on the console's sign-in page.
import { useSecondStep, type SecondStepProps } from '@trunnion/kit/second'
import { useWords } from '@trunnion/kit/words'
import { Button, Input } from 'antd'

export default function SecondForm(props: SecondStepProps) {
  const { t } = useWords()
  const { code, setCode, fault, isBusy, submit, byPasskey, label } = useSecondStep(props)
  return (
    <form onSubmit={submit}>
      {fault && <div className="form-problem" role="alert">{fault}</div>}
      {byPasskey && <Button type="primary" size="large" block loading={isBusy} onClick={byPasskey}>{t('second.passkey')}</Button>}
      <label htmlFor="code">{label}</label>
      <Input id="code" size="large" autoComplete="one-time-code" autoFocus={!byPasskey} required value={code} onChange={(event) => setCode(event.target.value)} />
      <p className="muted">{t('second.help')}</p>
      <Button type={byPasskey ? 'default' : 'primary'} size="large" htmlType="submit" block loading={isBusy && !byPasskey}>{t('second.submit')}</Button>
      <Button type="link" block onClick={props.onAgain}>{t('second.again')}</Button>
    </form>
  )
}
