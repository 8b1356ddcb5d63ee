/** A program of an earlier commit, built beside this one, for an upgrade of one node after the other. */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js')
const run = promisify(execFile)

export interface OlderProgram extends AsyncDisposable {
  /** The path of a program that takes the arguments of `recado`. */
  readonly program: string
}

/**
 * Builds the gateway as of this commit, with the packages that are installed here; disposing removes it.
 *
 * @param version anything that git knows as a commit, or the path of a built program. Throws what git says of another text
 */
export async function olderProgram(version: string): Promise<OlderProgram> {
  if (existsSync(version)) return { program: version, async [Symbol.asyncDispose]() {} }
  const directory = await mkdtemp(join(tmpdir(), 'recado-older-'))
  const archive = join(directory, 'sources.tar')
  await run('git', ['archive', '--output', archive, version], { cwd: root })
  await run('tar', ['-xf', archive], { cwd: directory })
  for (const packages of ['node_modules', 'gateway/node_modules'])
    if (existsSync(join(root, packages)))
      await symlink(join(root, packages), join(directory, packages))
  await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: directory })
  return {
    program: join(directory, 'gateway/dist/main.js'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}
