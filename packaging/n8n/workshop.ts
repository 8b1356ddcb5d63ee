/** Where the n8n node is built and checked: folders outside the checkout, kept from run to run. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const nodePackage = resolve(import.meta.dirname, '../../packages/n8n-nodes-recado')

const quiet = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent']

/**
 * Makes a folder with these packages, without running their scripts; once for each content of
 * `wanted`. `finish` runs before it counts as made.
 */
export function workshop(
  name: string,
  wanted: Readonly<Record<string, string>>,
  finish: (folder: string) => void = () => {},
): string {
  const manifest = JSON.stringify({ private: true, dependencies: wanted })
  const hash = createHash('sha256').update(manifest).update(process.arch).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), `recado-${name}-${hash}`)
  if (existsSync(join(folder, 'complete'))) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), manifest)
  process.stdout.write(`installing ${Object.keys(wanted).join(', ')} in ${folder}\n`)
  run('npm', ['install', ...quiet], folder)
  finish(folder)
  writeFileSync(join(folder, 'complete'), '')
  return folder
}

/** Throws with what it said when it fails. */
export function run(
  file: string,
  programArguments: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr } = spawnSync(file, programArguments, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status === 0) return stdout
  throw new Error(`${file} ${programArguments.join(' ')} failed:\n${stdout}\n${stderr}`)
}

/** Copies the package into a folder with n8n's tools, and gives the environment for them. */
export function benchForNode(): { folder: string; run: (command: string) => string } {
  const { devDependencies } = JSON.parse(readFileSync(join(nodePackage, 'package.json'), 'utf8'))
  const tools = workshop('n8n-tools', devDependencies)
  const folder = join(tools, 'package')
  rmSync(folder, { recursive: true, force: true })
  cpSync(nodePackage, folder, {
    recursive: true,
    filter: (path) => !/(?:node_modules|dist|test)$/u.test(path),
  })
  const bin = join(tools, 'node_modules/.bin')
  const env = { PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) }
  return { folder, run: (command) => run('n8n-node', [command], folder, env) }
}
