// The colours of every client, light and dark: neutral greys with one accent, and four meanings.
export interface Palette {
  ground: string
  surface: string
  sunken: string
  hover: string
  line: string
  lineStrong: string
  ink: string
  inkSoft: string
  inkFaint: string
  accent: string
  accentHover: string
  accentSoft: string
  onAccent: string
  good: string
  goodSoft: string
  warn: string
  warnSoft: string
  bad: string
  badSoft: string
  info: string
  infoSoft: string
  shadow: string
}

const light: Palette = {
  ground: '#f6f7f8',
  surface: '#ffffff',
  sunken: '#f0f2f4',
  hover: '#eef1f3',
  line: '#e3e7ea',
  lineStrong: '#c9d0d6',
  ink: '#182026',
  inkSoft: '#4d5963',
  inkFaint: '#5f6b75',
  accent: '#0b6b7d',
  accentHover: '#0a5a69',
  accentSoft: '#e3f1f3',
  onAccent: '#ffffff',
  good: '#23733f',
  goodSoft: '#e5f3e9',
  warn: '#8f5a00',
  warnSoft: '#fbf0da',
  bad: '#b3261e',
  badSoft: '#fbe9e7',
  info: '#2f5fb3',
  infoSoft: '#e8eefa',
  shadow: '0 1px 2px rgb(16 24 32 / 6%), 0 4px 16px rgb(16 24 32 / 6%)',
}

const dark: Palette = {
  ground: '#111619',
  surface: '#181e22',
  sunken: '#13191c',
  hover: '#20282d',
  line: '#2a3339',
  lineStrong: '#3d4950',
  ink: '#e6ebee',
  inkSoft: '#aab6be',
  inkFaint: '#8a979f',
  accent: '#4cb8c9',
  accentHover: '#6fcad8',
  accentSoft: '#16343a',
  onAccent: '#06191d',
  good: '#6cc48a',
  goodSoft: '#17301f',
  warn: '#e0ac4f',
  warnSoft: '#352a14',
  bad: '#f08a80',
  badSoft: '#3a1d1b',
  info: '#8fb2f0',
  infoSoft: '#1b2740',
  shadow: '0 1px 2px rgb(0 0 0 / 40%), 0 6px 20px rgb(0 0 0 / 35%)',
}

/** For who needs stronger contrast: text at 7:1 and more, and lines that are seen as well as text. */
const lightContrast: Palette = {
  ...light,
  ground: '#ffffff',
  sunken: '#f4f6f7',
  line: '#59656e',
  lineStrong: '#2b353c',
  ink: '#000000',
  inkSoft: '#1f282e',
  inkFaint: '#333d45',
  accent: '#00495a',
  accentHover: '#002f3b',
  good: '#0c4a22',
  warn: '#5a3700',
  bad: '#8a0f0a',
  info: '#153d85',
}

const darkContrast: Palette = {
  ...dark,
  ground: '#000000',
  surface: '#05080a',
  sunken: '#000000',
  line: '#8d9aa3',
  lineStrong: '#c4ced4',
  ink: '#ffffff',
  inkSoft: '#e3e9ec',
  inkFaint: '#cfd7dc',
  accent: '#7fe3f2',
  accentHover: '#a8eef8',
  good: '#8fe8ac',
  warn: '#ffd07a',
  bad: '#ffb0a8',
  info: '#b9d0ff',
}

export const palettes = { light, dark, lightContrast, darkContrast }

export const paletteOf = (mode: 'light' | 'dark', isContrast: boolean): Palette => palettes[isContrast ? (`${mode}Contrast` as const) : mode]

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", Arial, sans-serif'
