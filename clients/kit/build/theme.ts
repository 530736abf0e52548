// Vite plugin: the palette as CSS variables, so that hand-made CSS and antd tokens share one source.
import type { Plugin } from 'vite'
import { palettes, type Palette } from '../src/plain/palette.ts'

function block(selector: string, palette: Palette, scheme: string): string {
  const lines = Object.entries(palette).map(([name, value]) => `  --${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}: ${value};`)
  return `${selector} {\n  color-scheme: ${scheme};\n${lines.join('\n')}\n}\n`
}

export function themeCss(): string {
  return block(':root', palettes.light, 'light') + block(":root[data-theme='dark']", palettes.dark, 'dark')
    + block(":root[data-contrast='more']", palettes.lightContrast, 'light') + block(":root[data-theme='dark'][data-contrast='more']", palettes.darkContrast, 'dark')
}

export function themePlugin(): Plugin {
  const name = 'virtual:theme.css'
  return {
    name: 'trunnion-theme',
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? themeCss() : null),
  }
}
