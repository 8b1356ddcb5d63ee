/** `@recado/client` as npm takes it: compiled, with types, and a manifest that points at them. */

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Fills `folder`, which need not exist. Throws where the client does not compile. */
export function stageClient(root: string, folder: string, version: string): void {
  const source = join(root, 'packages/client')
  mkdirSync(folder, { recursive: true })
  const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js')
  const options = ['-p', join(source, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')]
  execFileSync(process.execPath, [compiler, ...options], { stdio: 'inherit' })
  const text = readFileSync(join(source, 'package.json'), 'utf8')
  const { private: _private, ...manifest } = JSON.parse(text) as Record<string, unknown>
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } }
  const made = { ...manifest, version, exports }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(made, null, 2)}\n`)
  cpSync(join(source, 'README.md'), join(folder, 'README.md'))
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}
