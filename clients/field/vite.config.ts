// Builds the engineer's app into the server's static folder.
import { movesPlugin, themePlugin, wordsPlugin, workerPlugin } from '@trunnion/kit/build'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const base = '/static/field/'

export default defineConfig({
  base,
  // As in the portal: preact draws the kit's plain pieces in a tenth of react-dom's weight.
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
    movesPlugin(resolve(here, '../../contracts/moves.json'), ['work.order']),
    wordsPlugin({
      own: [resolve(here, '../kit/words/kit.json'), resolve(here, 'words/job.json'), resolve(here, 'words/phone.json')],
      contract: process.env.TRUNNION_WORDS ?? resolve(here, '../../contracts/words.json'),
      // What only the desk can be refused is not carried along.
      keep: /^(refusal\.(?!filter|listing|procedure\.|table\.|cobie\.|archive\.|label\.|ifc\.|numbering\.|haystack\.|approval\.|import\.|geojson\.|merge\.|bulk\.|backup\.|bin\.|invitation\.|view\.|delegation\.|ogc\.|take_back\.|factor\.(?!wrong|ticket_over))|state\.(work\.order|assets\.asset)\.|verb\.(work(?!\.order_procedure)|attach\.(comment|file))\.|choice\.work\.|field\.work\.(?!order_procedure|follow_up))/,
    }),
    workerPlugin({ source: resolve(here, 'worker.js'), publicDir: resolve(here, 'public'), base }),
  ],
  build: {
    outDir: resolve(here, '../../server/trunnion/http/static/field'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5175, proxy: { '/api': process.env.TRUNNION_API ?? 'http://127.0.0.1:8000' } },
})
