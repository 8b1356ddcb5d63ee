/**
 * `npm run test:node24`: the whole suite on another major version of Node than the one at hand.
 *
 * It fetches that Node from the package registry and works in a copy of the
 * checkout with modules of its own, because native modules are compiled for one
 * version. What is not committed yet is tested too; arguments after `--` go to
 * the test runner.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const [major = '', ...testArguments] = process.argv.slice(2)
if (!/^\d+$/u.test(major)) throw new Error('Name the major version of Node: test-on-node.ts 24')

const home = mkdtempSync(join(tmpdir(), `recado-node${major}-`))
process.on('exit', () => rmSync(home, { recursive: true, force: true }))
const runtime = fetchNode()
const env = {
  ...process.env,
  PATH: `${join(runtime, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
  // Native modules are compiled against the headers that came with it.
  npm_config_nodedir: runtime,
}
const checkout = copyCheckout()
const version = execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim()
process.stdout.write(`Node ${version}\n`)
run('ci')
run('test', '--', ...testArguments)

function fetchNode(): string {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  execFileSync('npm', ['install', '--no-save', '--prefix', home, `${name}@${major}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return join(home, 'node_modules', name)
}

function copyCheckout(): string {
  const copy = join(home, 'checkout')
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0')
  for (const file of files) {
    // A deleted file is listed until its deletion is committed.
    if (file === '' || !existsSync(join(root, file))) continue
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    copyFileSync(join(root, file), join(copy, file))
  }
  return copy
}

function run(...npmArguments: readonly string[]): void {
  const { status } = spawnSync('npm', npmArguments, { cwd: checkout, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
