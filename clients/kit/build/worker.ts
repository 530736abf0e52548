// Vite plugin: the service worker, told which files this build consists of.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

export interface WorkerOptions {
  /** The worker's source: plain script with `__FILES__` and `__VERSION__` in it. */
  source: string
  /** Files that are copied as they are. */
  publicDir: string
  /** The address under which the built files are served. */
  base: string
}

/** The version follows from the names and contents: the same build is the same worker, byte by byte. */
export function workerText(source: string, files: string[], contents: string): string {
  const version = createHash('sha256').update(source).update(files.join()).update(contents).digest('hex').slice(0, 16)
  return source.replace('__FILES__', JSON.stringify(files)).replace('__VERSION__', version)
}

export function workerPlugin({ source, publicDir, base }: WorkerOptions): Plugin {
  return {
    name: 'trunnion-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
      const plain = readdirSync(publicDir)
      const page = Object.values(bundle).find((one) => one.fileName === 'index.html')
      const contents = [page?.type === 'asset' ? String(page.source) : '', ...plain.map((name) => readFileSync(`${publicDir}/${name}`, 'base64'))].join()
      const files = [...built, ...plain].toSorted().map((name) => base + name)
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: workerText(readFileSync(source, 'utf8'), files, contents) })
    },
  }
}
