/**
 * The gateway's program for the journeys of one run, built once.
 *
 * Some forty gateways start in a run, and each would translate its sources
 * again: the built program is up in 60 % of the time. Each run builds into a
 * folder of its own, so two runs at once do not tread on each other.
 */

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of the gateway's built `main.js`. */
    readonly gatewayProgram: string
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const compiler = createRequire(import.meta.url).resolve('typescript/lib/tsc.js')

export interface BuiltGateway extends AsyncDisposable {
  /** The path of its `main.js`. */
  readonly program: string
}

/** Builds `gateway/src` as it stands; disposing removes what was built. */
export async function buildGateway(): Promise<BuiltGateway> {
  // As deep as `src`, because the program finds its package and the console's page from where it lies.
  const directory = await mkdtemp(join(root, 'gateway/dist-of-tests-'))
  const options = ['-p', 'tsconfig.build.json', '--outDir', directory]
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: root })
  return {
    program: join(directory, 'main.js'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}

/** vitest's global setup: runs in the main process before the first test file. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = await buildGateway()
  project.provide('gatewayProgram', built.program)
  return async () => built[Symbol.asyncDispose]()
}
