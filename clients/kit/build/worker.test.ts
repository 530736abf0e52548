// The service worker of a build.
import { expect, it } from 'vitest'
import { workerText } from './worker.ts'

it('names its files, and changes with them and with the page', () => {
  const source = 'const FILES = __FILES__, CACHE = "__VERSION__"'
  const text = workerText(source, ['/a.js'], 'page')
  expect(text).toContain('["/a.js"]')
  expect(text).toBe(workerText(source, ['/a.js'], 'page'))
  expect(text).not.toBe(workerText(source, ['/a.js'], 'other page'))
  expect(text).not.toMatch(/__\w+__/)
})
