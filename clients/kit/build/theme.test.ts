// The palette: both themes name the same colours, and text on them can be read.
import { describe, expect, it } from 'vitest'
import { palettes, type Palette } from '../src/plain/palette.ts'
import { themeCss } from './theme.ts'

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const pairs: [keyof Palette, keyof Palette][] = [
  ['ink', 'ground'], ['ink', 'surface'], ['inkSoft', 'surface'], ['inkFaint', 'surface'], ['inkFaint', 'sunken'], ['accent', 'surface'],
  ['onAccent', 'accent'], ['accent', 'accentSoft'], ['good', 'surface'], ['warn', 'warnSoft'], ['bad', 'badSoft'], ['bad', 'surface'], ['warn', 'surface'],
]

describe.each(Object.entries(palettes))('%s', (_, palette) => {
  it.each(pairs)('%s on %s reads (4.5:1)', (ink, ground) => {
    expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })
})

describe('css', () => {
  it('holds each colour for both themes, plain and with high contrast', () => {
    const css = themeCss()
    expect(css.match(/--accent: /g)).toHaveLength(4)
    expect(css).toContain('--ink-soft: ')
  })
})
