// The palette as antd tokens: calm and dense, one accent colour.
import { theme, type ThemeConfig } from 'antd'
import { fontFamily, paletteOf } from '../plain/palette'
import type { ThemeMode } from '../plain/theme-mode'

export function antdTheme(mode: ThemeMode, isContrast = false): ThemeConfig {
  const p = paletteOf(mode, isContrast)
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: p.accent,
      colorInfo: p.accent,
      colorSuccess: p.good,
      colorWarning: p.warn,
      colorError: p.bad,
      colorLink: p.accent,
      colorText: p.ink,
      colorTextSecondary: p.inkSoft,
      colorTextTertiary: p.inkFaint,
      colorTextPlaceholder: p.inkFaint,
      colorBgBase: p.surface,
      colorBgContainer: p.surface,
      colorBgElevated: p.surface,
      colorBgLayout: p.ground,
      colorBorder: p.lineStrong,
      colorBorderSecondary: p.line,
      colorTextLightSolid: p.onAccent,
      fontFamily,
      fontSize: 14,
      borderRadius: 6,
      controlHeight: 32,
      wireframe: false,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
      Modal: { titleFontSize: 16 },
      Tabs: { horizontalMargin: '0 0 16px' },
    },
  }
}

/** The server fills the nonce of its content policy into the page; a page without one has no policy. */
export function cspNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
  // A real nonce may begin with the same letters as what it replaces.
  return nonce && nonce !== '__NONCE__' ? nonce : undefined
}
