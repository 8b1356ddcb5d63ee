/** Tools that are in no lockfile of this project: folders outside the checkout, kept from run to run. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A machine under load takes half an hour to install n8n. */
export const longestMs = 2_400_000
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

/** The folder of a Node of this major version, whatever runs this program. */
export function nodeOf(major: string): string {
  const name = `node-${process.platform}-${process.arch}`
  return join(workshop('node', { [name]: major }), 'node_modules', name)
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
