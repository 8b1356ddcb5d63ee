/** Builds the pages before a run, so that tests look at what the sources say now. */

import { buildStalePages } from '../tool/stale-pages.js'

const built = Symbol.for('recado.web-built')
type Shared = typeof globalThis & { [built]?: Promise<unknown> }

/** The projects of one run share the process, and so the build. */
export async function setup(): Promise<void> {
  const shared: Shared = globalThis
  shared[built] ??= buildStalePages()
  await shared[built]
}
