/**
 * The built gateway as one script, with V8's compiled form of it beside it.
 *
 * A start from files resolves, reads and compiles some 1,500 modules, which is two
 * thirds of its CPU; a run of many deaths would do little else. Modules that a
 * death is planted in, that patch each other, or that are native, stay outside.
 */

import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ModuleKind, ScriptTarget, transpile } from 'typescript'
import { rolldown } from 'rolldown'

export interface Bundle {
  /** What to start: the gateway with deaths planted in it. */
  readonly program: string
  /** What it has to find in its environment. */
  readonly env: Readonly<Record<string, string>>
}

const outside = [
  'ws',
  'pg',
  'libsignal',
  'better-sqlite3',
  'sharp',
  '@node-rs/argon2',
  '@fastify/swagger-ui',
  // Baileys asks for these where they are installed.
  'link-preview-js',
  'jimp',
  'audio-decode',
]

/** `program` is the gateway's built `main.js`; everything is made beside it. */
export async function bundleGateway(program: string): Promise<Bundle> {
  const directory = dirname(program)
  const script = join(directory, 'gateway.cjs')
  const bundle = await rolldown({ input: program, platform: 'node', external: outside })
  await bundle.write({ file: script, format: 'cjs', codeSplitting: false })
  await bundle.close()
  // Only the first line of a file that Node reads by itself may be for the shell.
  await writeFile(script, (await readFile(script, 'utf8')).replace(/^#!.*\n/u, ''))

  const mortal = join(directory, 'mortal-gateway.js')
  const source = await readFile(new URL('mortal-gateway.ts', import.meta.url), 'utf8')
  const options = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 }
  await writeFile(mortal, transpile(source, options))
  return {
    program: mortal,
    env: { TORTURE_SCRIPT: script, TORTURE_COMPILED: join(directory, 'gateway.compiled') },
  }
}
