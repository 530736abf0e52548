// Takes pictures of pages of a running server, in both languages and two widths: node tools/shots.mjs OUT [name=path ...]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [out = 'shots', ...wanted] = process.argv.slice(2)
const base = process.env.TRUNNION_URL ?? 'http://127.0.0.1:8000'
const account = { email: process.env.TRUNNION_EMAIL ?? '', password: process.env.TRUNNION_PASSWORD ?? '' }
const languages = (process.env.LANGUAGES ?? 'zh-CN,en').split(',')
const widths = (process.env.WIDTHS ?? '1440,390').split(',').map(Number)
const pages = wanted.map((one) => one.split(/=(.*)/s).slice(0, 2))

mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})

async function open(language, width) {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 }, locale: language, deviceScaleFactor: width < 500 ? 2 : 1, colorScheme: process.env.SCHEME ?? 'light',
  })
  const answer = await context.request.post(`${base}/api/identity/sign-in`, { data: account, headers: { 'X-Trunnion-Door': 'web' } })
  if (!answer.ok()) console.warn(`sign-in: ${answer.status()}`)
  return context
}

for (const language of languages) {
  for (const width of widths) {
    const context = await open(language, width)
    for (const [name, path] of pages) {
      const page = await context.newPage()
      page.on('console', (message) => { if (message.type() === 'error') console.log(`${name} ${language}: ${message.text()}`) })
      page.on('pageerror', (error) => console.log(`${name} ${language}: ${error.message}`))
      await page.goto(base + path, { waitUntil: 'load' })
      await page.waitForTimeout(900)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (overflow > 0) console.log(`${name} ${language} ${width}: ${overflow} px wider than the screen`)
      await page.screenshot({ path: join(out, `${name}-${language}-${width}.png`), fullPage: process.env.FULL !== '0' })
      await page.close()
    }
    await context.close()
  }
}
await browser.close()
