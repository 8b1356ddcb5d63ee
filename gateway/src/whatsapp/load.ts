/**
 * Loads Baileys and what is built on it when they are first used. They took a seventh to a sixth of the CPU of a
 * start and 30 to 50 MB, and the gateway accepts messages without them.
 */

import { keepSignalQuiet } from './baileys-patches/quiet-signal.js'
import type * as Parts from './parts.js'

let loaded: Promise<typeof Parts> | undefined

/** The first call takes 0.2 s of CPU. Later ones give the same. */
export function loadWhatsapp(): Promise<typeof Parts> {
  loaded ??= load()
  return loaded
}

/** What changes libsignal takes effect for what is imported afterwards. */
async function load(): Promise<typeof Parts> {
  keepSignalQuiet()
  const { checkSignatures } = await import('./baileys-patches/checked-signatures.js')
  checkSignatures()
  const { quickenCurve } = await import('./baileys-patches/quick-curve.js')
  quickenCurve()
  return import('./parts.js')
}
