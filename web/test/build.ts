/** Before a run: the pages as the sources say now, and a browser to look at them with. */

import { buildStalePages } from '../tool/stale-pages.js'
import { provideChromium } from './browser.js'

const built = Symbol.for('recado.web-built')
type Shared = typeof globalThis & { [built]?: Promise<unknown> }

/** The projects of one run share the process, and so the build. */
export async function setup(): Promise<void> {
  const shared: Shared = globalThis
  shared[built] ??= Promise.all([buildStalePages(), provideChromium()])
  await shared[built]
}
