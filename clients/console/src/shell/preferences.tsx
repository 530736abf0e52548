// Language and theme: switches that leave whatever was typed untouched.
import { useQueryClient } from '@tanstack/react-query'
import { useApi, useLook } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Contrast, Languages, Moon, Sun } from 'lucide-react'
import { useMe } from '../session'

export function Preferences() {
  const { t, language, setLanguage } = useWords()
  const { mode, choose, isContrast, chooseContrast } = useLook()
  const api = useApi()
  const me = useMe()
  const queries = useQueryClient()
  const other = language === 'en' ? 'zh-CN' : 'en'

  async function switchLanguage(): Promise<void> {
    await setLanguage(other)
    // Some answers are worded by the server: they are asked for anew.
    void queries.invalidateQueries()
    // Exports and notices are worded by the server: it should know as well. Failing to tell it is no reason to stop.
    if (me) void api.post('identity/me/prefer', { language: other }).catch(() => undefined)
  }

  return (
    <div className="preferences">
      <button type="button" className="preference" lang={other} onClick={() => void switchLanguage()}>
        <Languages size={16} aria-hidden /> {t(`kit.language.${other}`)}
      </button>
      <button type="button" className="preference" onClick={() => choose(mode === 'dark' ? 'light' : 'dark')}>
        {mode === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />} {t(mode === 'dark' ? 'theme.light' : 'theme.dark')}
      </button>
      <button type="button" className="preference" aria-pressed={isContrast} aria-label={t('theme.contrast')} title={t('theme.contrast')} onClick={() => chooseContrast(isContrast ? 'normal' : 'more')}>
        <Contrast size={16} aria-hidden />
      </button>
    </div>
  )
}
