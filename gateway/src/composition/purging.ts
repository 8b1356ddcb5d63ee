import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import type { Purged } from './base.js'

/** Copies of codes may outlive their time by no more than this. */
const purgeEveryMs = 30_000

/** Purges all of them again and again, in this order, until it is disposed of. */
export function startPurging(
  stores: readonly Purged[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): AsyncDisposable {
  const loop = new WorkerLoop({
    name: 'purge',
    clock,
    log,
    step: async () => {
      for (const store of stores) await store.purge()
      return purgeEveryMs
    },
  })
  loop.start()
  return { [Symbol.asyncDispose]: () => loop.stop() }
}
