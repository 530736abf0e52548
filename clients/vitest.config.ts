// Tests of the clients' pieces that need no browser.
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['*/src/**/*.test.ts', '*/build/**/*.test.ts'] } })
