// Everything a page of the console needs around it: words, theme, api, queries.
import { ConfigProvider, type ThemeConfig } from 'antd'
import en from 'antd/locale/en_US'
import zh from 'antd/locale/zh_CN'
import { LoaderCircle } from 'lucide-react'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Api } from '../api'
import { useThemeMode } from '../plain/theme-mode'
import { useWords } from '../words'
import type { References } from './contract-fields'
import type { ReferenceSpec } from './reference-select'
import { antdTheme, cspNonce } from './theme'
import { ToastProvider } from './toast'

interface Look extends ReturnType<typeof useThemeMode> {}

const ApiContext = createContext<Api | null>(null)
const ReferencesContext = createContext<References>({})
const LookContext = createContext<Look | null>(null)

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('no UiProvider above')
  return api
}

export function useLook(): Look {
  const look = useContext(LookContext)
  if (!look) throw new Error('no UiProvider above')
  return look
}

export const useReferences = (): References => useContext(ReferencesContext)

/** How a record of a kind is chosen, where there is a list to choose from. */
export function useReferenceOf(): (kind: string) => ReferenceSpec | undefined {
  const references = useReferences()
  return (kind) => references[kind]
}

interface UiProviderProps {
  api: Api
  /** How records are chosen in forms drawn from the contract. */
  references: References
  children: ReactNode
}

export function UiProvider({ api, references, children }: UiProviderProps) {
  const { t, language } = useWords()
  // The library's own leaves when its transition has ended, which it never does for whoever wants nothing to move.
  const button = useMemo(() => ({ autoInsertSpace: false, loadingIcon: <LoaderCircle size={14} className="turning" role="img" aria-label={t('kit.loading')} /> }), [t])
  const look = useThemeMode()
  const theme = useMemo<ThemeConfig>(() => antdTheme(look.mode, look.isContrast), [look.mode, look.isContrast])
  const csp = useMemo(() => ({ nonce: cspNonce() }), [])
  return (
    <ConfigProvider locale={language === 'zh-CN' ? zh : en} theme={theme} csp={csp} button={button}>
      <ApiContext value={api}>
        <LookContext value={look}>
          <ReferencesContext value={references}>
            <ToastProvider>{children}</ToastProvider>
          </ReferencesContext>
        </LookContext>
      </ApiContext>
    </ConfigProvider>
  )
}
