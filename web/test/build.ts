/** Builds the pages once a run, so that tests look at what the sources say now. */

import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const built = Symbol.for('recado.web-built')
type Shared = typeof globalThis & { [built]?: Promise<void> }

/** The projects of one run share the process, and so the build. */
export async function setup(): Promise<void> {
  const shared: Shared = globalThis
  shared[built] ??= buildPages()
  await shared[built]
}

async function buildPages(): Promise<void> {
  for (const page of ['phone', 'console']) {
    const configFile = fileURLToPath(new URL(`../${page}/vite.config.ts`, import.meta.url))
    const isThere = await access(configFile).then(
      () => true,
      () => false,
    )
    if (isThere) await build({ configFile })
  }
}
