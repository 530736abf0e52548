// About oneself and this phone: language, look, what is kept here, and the way out.
import { useThemeMode, type ThemeChoice } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import { HardDrive, LogOut } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Sheet, Top, useField } from '../parts/context'

const THEMES: ThemeChoice[] = ['system', 'light', 'dark']

function Storage() {
  const { t, formats } = useWords()
  const { field, state } = useField()
  useEffect(() => void field.measure(), [field])
  const { pressure } = state
  return (
    <section className="card">
      <h2><HardDrive size={18} aria-hidden /> {t('phone.storage')}</h2>
      {pressure && <p>{t('phone.storage_used', { used: formats.bytes(pressure.used), free: formats.bytes(pressure.free) })}</p>}
      {pressure && <p className="soft">{t(pressure.isPersisted ? 'phone.persisted' : 'phone.not_persisted')}</p>}
      <a className="button button-quiet" href="#/kept">{t('phone.kept')} <span className="count">{field.kept().length}</span></a>
      <p className="soft">{t(field.store.isDurable ? 'phone.sealed' : 'phone.not_durable')}</p>
    </section>
  )
}

export function Me({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const { t, language, setLanguage } = useWords()
  const { field, state } = useField()
  const { choice, choose, isContrast, chooseContrast } = useThemeMode()
  const [isAsking, setAsking] = useState(false)
  const unsent = state.queue.length
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <>
      <Top title={field.me.user.name} sub={field.me.organisation.name} back="" />
      <section className="card">
        <h2>{t('phone.language')}</h2>
        <button type="button" className="button button-quiet" lang={other} onClick={() => void setLanguage(other).then(() => field.sync(other))}>{t(`kit.language.${other}`)}</button>
        <h2>{t('phone.theme')}</h2>
        <div className="answers" role="radiogroup" aria-label={t('phone.theme')}>
          {THEMES.map((one) => <button key={one} type="button" role="radio" className="answer" aria-checked={choice === one} onClick={() => choose(one)}>{t(`phone.theme.${one}`)}</button>)}
        </div>
        <button type="button" className="button button-quiet" aria-pressed={isContrast} onClick={() => chooseContrast(isContrast ? 'normal' : 'more')}>{t(isContrast ? 'phone.contrast_off' : 'phone.contrast_on')}</button>
      </section>
      <Storage />
      <button type="button" className="button button-quiet" onClick={() => (unsent ? setAsking(true) : void onSignOut())}><LogOut size={18} aria-hidden /> {t('phone.sign_out')}</button>
      {isAsking && (
        <Sheet title={t('phone.sign_out')} onClose={() => setAsking(false)}>
          <p className="warn-box">{t('phone.sign_out_unsent', { count: unsent })}</p>
          <button type="button" className="button" onClick={() => { setAsking(false); void field.sync(language) }}>{t('phone.send_now')}</button>
          <button type="button" className="button button-quiet danger" onClick={() => void onSignOut()}>{t('phone.sign_out_anyway')}</button>
        </Sheet>
      )}
    </>
  )
}
