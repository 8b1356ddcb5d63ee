/** Where the n8n node is built and checked: folders outside the checkout, kept from run to run. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const nodePackage = resolve(import.meta.dirname, '../../packages/n8n-nodes-recado')

const longestMs = 600_000
const quiet = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent']

/**
 * Makes a folder with these packages, without running their scripts; once for each content of
 * `wanted`. `finish` runs before it counts as made.
 */
export function workshop(
  name: string,
  wanted: Readonly<Record<string, string>>,
  finish: (folder: string) => void = () => {},
  withinMs = longestMs,
): string {
  const manifest = JSON.stringify({ private: true, dependencies: wanted })
  const hash = createHash('sha256').update(manifest).update(process.arch).digest('hex').slice(0, 12)
  const folder = join(tmpdir(), `recado-${name}-${hash}`)
  if (existsSync(join(folder, 'complete'))) {
    // The folder for temporary files is shared: what another user put there must not run.
    if (statSync(folder).uid === process.getuid?.()) return folder
    throw new Error(`${folder} belongs to another user. Remove it, or set TMPDIR.`)
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(join(folder, 'package.json'), manifest)
  process.stdout.write(`installing ${Object.keys(wanted).join(', ')} in ${folder}\n`)
  install(folder, withinMs)
  finish(folder)
  writeFileSync(join(folder, 'complete'), '')
  return folder
}

/** The registry did not give the packages, or not in time. */
export class NotInstalledError extends Error {}

function install(folder: string, withinMs: number): void {
  try {
    run('npm', ['install', ...quiet], folder, {}, withinMs)
  } catch (cause) {
    throw new NotInstalledError(`npm could not install what ${folder}/package.json names`, {
      cause,
    })
  }
}

/** Throws with what it said when it fails, or takes longer. */
export function run(
  file: string,
  programArguments: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  withinMs = longestMs,
): string {
  const { status, stdout, stderr } = spawnSync(file, programArguments, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: withinMs,
  })
  if (status === 0) return stdout
  throw new Error(`${file} ${programArguments.join(' ')} failed:\n${stdout}\n${stderr}`)
}

/** Copies the package into a folder with n8n's tools, and gives the environment for them. */
export function benchForNode(installWithinMs = longestMs): {
  folder: string
  run: (command: string) => string
} {
  const { devDependencies } = JSON.parse(readFileSync(join(nodePackage, 'package.json'), 'utf8'))
  const tools = workshop('n8n-tools', devDependencies, undefined, installWithinMs)
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
