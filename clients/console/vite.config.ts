// Builds the console into the server's static folder.
import react from '@vitejs/plugin-react'
import { movesPlugin, themePlugin, verbsPlugin, wordsPlugin } from '@trunnion/kit/build'
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const version = /^version = "(.+)"$/m.exec(readFileSync(resolve(here, '../../pyproject.toml'), 'utf8'))?.[1] ?? ''

// What pages share lies in a few files: over a plain line each file of its own costs a turn of waiting.
const groups = [
  { name: 'base', priority: 3, test: /console\/src\/(session|references|routes|shell\/(?!palette|sheet|sign-in|finds)|watch\/(spans|days)|administration\/queue)|kit\/src\/(words|api|formats|plain\/(states|theme-mode)|ui\/(provider|toast|undo|page-shell|state-tag|listing|still|drafts|theme))|@tanstack\/(react-router|router-core|history|react-query|query-core)|lucide-react/ },
  { name: 'controls', priority: 2.5, test: /antd\/es\/(button|input)\// },
]

export default defineConfig({
  base: '/static/console/',
  define: { TRUNNION_VERSION: JSON.stringify(version) },
  plugins: [
    react(),
    themePlugin(),
    movesPlugin(resolve(here, '../../contracts/moves.json'), ['work.order']),
    verbsPlugin(resolve(here, '../../contracts/openapi.json')),
    wordsPlugin({
      own: [resolve(here, '../kit/words/kit.json'), ...readdirSync(resolve(here, 'words')).toSorted().map((name) => resolve(here, 'words', name))],
      contract: process.env.TRUNNION_WORDS ?? resolve(here, '../../contracts/words.json'),
      // The frame, signing in and joining stand before the words of the pages are there.
      early: /^(kit|nav|account|theme|sign_in|join|keys|palette|view_as|help\.open)\b/,
      // What signing in and joining may have to say.
      core: /^(refusal\.[a-z_]+$|refusal\.(field|password|invitation)\.|field\.identity\.invitation\.)/,
    }),
  ],
  build: {
    outDir: resolve(here, '../../server/trunnion/http/static/console'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { port: 5173, proxy: { '/api': process.env.TRUNNION_API ?? 'http://127.0.0.1:8000' } },
})
