// Tests of the clients' pieces that need no browser.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { movesPlugin } from './kit/build/moves.ts'

export default defineConfig({ plugins: [movesPlugin(resolve(import.meta.dirname, '../contracts/moves.json'), ['work.order'])], test: { testTimeout: 30_000, include: ['*/src/**/*.test.ts', '*/build/**/*.test.ts'] } })
