/**
 * The gateway's program for the journeys of one run, built once.
 *
 * Some eighty gateways start in a run. From its sources a start costs 3 s of CPU, from
 * built files half of that, and from one compiled script half again. Each run builds
 * into a folder of its own, so two runs at once do not tread on each other.
 */

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { ModuleKind, ScriptTarget, transpile } from 'typescript'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of the built program. */
    readonly gatewayProgram: string
    /** The path of the built program around `lingering-gateway.ts`. */
    readonly lingeringProgram: string
    /** The path of the built program around `measured-gateway.ts`. */
    readonly measuredProgram: string
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js')

export interface BuiltGateway extends AsyncDisposable {
  /** The path of a program that takes the arguments of `recado`. */
  readonly program: string
  /** It again, file by file, for who wants to see them in a profile. */
  readonly inFiles: string
  /** The same program, which runs this module of ours first: its only imports are packages and Node's own. */
  withFirst(module: URL): Promise<string>
}

/** Builds `gateway/src` as it stands; disposing removes what was built. */
export async function buildGateway(): Promise<BuiltGateway> {
  // As deep as `src`, because the program finds its package and the console's page from where it lies.
  const directory = await mkdtemp(join(root, 'gateway/dist-of-tests-'))
  const options = ['-p', 'tsconfig.build.json', '--outDir', directory]
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root })
  const inFiles = join(directory, 'main.js')
  await bundle(inFiles, join(directory, 'gateway.cjs'))
  const starter = new URL('compiled-gateway.ts', import.meta.url)
  const program = await translate(starter, directory)
  return {
    program,
    inFiles,
    withFirst: (module) => translate(module, directory, `await import('./${basename(program)}')\n`),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}

/** Native modules, those that are patched from outside, and those that Baileys asks for where they are installed. */
const outside = [
  'better-sqlite3',
  'sharp',
  '@node-rs/argon2',
  'ws',
  'pg',
  'libsignal',
  '@fastify/swagger-ui',
  'link-preview-js',
  'jimp',
  'audio-decode',
]

/** Without what only people read; names stay, for stacks. ASCII is half as large in memory. */
const small = {
  charset: 'ascii',
  comments: false,
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
} as const

/** One script of it all: a start from files resolves, reads and compiles some 1,500 modules, two thirds of its CPU. */
async function bundle(program: string, file: string): Promise<void> {
  const made = await rolldown({
    input: program,
    platform: 'node',
    // With what lies inside them: a second copy of libsignal would check no signature.
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [
      {
        name: 'keep-places',
        // Each module finds its files from where it was built, not from where the script lies.
        transform: (code, id) =>
          code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
      },
    ],
  })
  await made.write({ file, format: 'cjs', codeSplitting: false, ...small })
  await made.close()
  const script = (await readFile(file, 'utf8'))
    // Only a file that Node reads by itself may begin with a line for the shell.
    .replace(/^#!.*\n/u, '')
    // Nor may another import what is outside: `compiled-gateway.ts` does it for it.
    .replaceAll(/\bimport\((?=["'])/gu, 'importOutside(')
  await writeFile(file, script)
}

async function translate(module: URL, directory: string, end = ''): Promise<string> {
  const target = join(directory, basename(module.pathname).replace(/\.ts$/u, '.js'))
  const options = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 }
  await writeFile(target, transpile(await readFile(module, 'utf8'), options) + end)
  return target
}

interface Shared {
  readonly built: Promise<BuiltGateway>
  users: number
}

/** vitest loads this file once a project, so what they share cannot live in the module. */
const registry: { [key: symbol]: Shared | undefined } = globalThis
const sharedKey = Symbol.for('recado.built-gateway')

/** vitest's global setup: runs in the main process before the first test file. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  registry[sharedKey] ??= { built: buildGateway(), users: 0 }
  const shared = registry[sharedKey]
  shared.users += 1

  const built = await shared.built
  // Sandboxes start it too, in the tests' processes and in those of programs that they run.
  process.env['GATEWAY_PROGRAM'] = built.program
  project.provide('gatewayProgram', built.program)
  project.provide(
    'lingeringProgram',
    await built.withFirst(new URL('lingering-gateway.ts', import.meta.url)),
  )
  project.provide(
    'measuredProgram',
    await built.withFirst(new URL('measured-gateway.ts', import.meta.url)),
  )
  return async () => {
    shared.users -= 1
    if (shared.users === 0) await built[Symbol.asyncDispose]()
  }
}
