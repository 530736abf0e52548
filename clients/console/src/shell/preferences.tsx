// Language and theme: switches that leave whatever was typed untouched.
import { useLook } from '@trunnion/kit/ui'
import { useWords } from '@trunnion/kit/words'
import { Languages, Moon, Sun } from 'lucide-react'

export function Preferences() {
  const { t, language, setLanguage } = useWords()
  const { mode, choose } = useLook()
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <div className="preferences">
      <button type="button" className="preference" lang={other} onClick={() => setLanguage(other)}>
        <Languages size={16} aria-hidden /> {t(`kit.language.${other}`)}
      </button>
      <button type="button" className="preference" onClick={() => choose(mode === 'dark' ? 'light' : 'dark')}>
        {mode === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />} {t(mode === 'dark' ? 'theme.light' : 'theme.dark')}
      </button>
    </div>
  )
}
