// The frame of a guest page: a name, a language switch, nothing else.
import { SkipLink, useThemeMode } from '@trunnion/kit/plain'
import { useWords } from '@trunnion/kit/words'
import type { ReactNode } from 'react'

export function Frame({ children }: { children: ReactNode }) {
  const { t, language, setLanguage } = useWords()
  useThemeMode()
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <div className="frame">
      <SkipLink />
      <header className="top">
        <img src={`${import.meta.env.BASE_URL}mark.svg`} alt="" width="24" height="24" />
        <span className="top-name">{t('portal.name')}</span>
        <button type="button" className="link-button" lang={other} onClick={() => void setLanguage(other)}>{t(`kit.language.${other}`)}</button>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
    </div>
  )
}
