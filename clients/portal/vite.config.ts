// Builds the portal into the server's static folder.
import { themePlugin, wordsPlugin } from '@trunnion/kit/build'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  base: '/static/portal/',
  // A guest's first paint cannot wait for react-dom (60 kB): preact draws the same components in a tenth of it.
  resolve: {
    alias: {
      'react-dom/client': 'preact/compat/client',
      'react-dom': 'preact/compat',
      'react/jsx-runtime': 'preact/jsx-runtime',
      'react/jsx-dev-runtime': 'preact/jsx-runtime',
      react: 'preact/compat',
    },
  },
  plugins: [
    themePlugin(),
    wordsPlugin({
      own: [resolve(here, '../kit/words/kit.json'), resolve(here, 'words/portal.json')],
      contract: process.env.TRUNNION_WORDS ?? resolve(here, '../../contracts/words.json'),
      // A guest's phone fetches what a guest may meet, not the words of every room.
      // What only the desk can be refused is not carried along.
      keep: /^(refusal\.(?!filter|listing|procedure\.|table\.|cobie\.|archive\.|label\.|ifc\.|numbering\.|haystack\.|approval\.|import\.|geojson\.|merge\.|bulk\.|backup\.|bin\.|invitation\.|view\.|delegation\.|ogc\.|take_back\.|factor\.(?!wrong|ticket_over))|state\.work\.order\.|state\.service\.|progress\.)/,
    }),
  ],
  build: {
    outDir: resolve(here, '../../server/trunnion/http/static/portal'),
    emptyOutDir: true,
    target: 'es2020',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5174, proxy: { '/api': process.env.TRUNNION_API ?? 'http://127.0.0.1:8000' } },
})
