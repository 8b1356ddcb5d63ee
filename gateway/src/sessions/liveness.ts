/** Notices that a socket is dead although it is open. Only an answer proves that it is not. */

import type { EngineConnection } from '../domain/engine.js'
import type { Clock } from '../runtime/clock.js'

const askEveryMs = 60_000
const answerMs = 15_000

/** Resolves with `true` as soon as the connection does not answer, with `false` when `over` aborts. */
export async function fellSilent(
  connection: () => Pick<EngineConnection, 'isAlive'> | undefined,
  over: AbortSignal,
  { clock, random }: { readonly clock: Pick<Clock, 'sleep'>; readonly random: () => number },
): Promise<boolean> {
  while (!over.aborted) {
    await clock.sleep(askEveryMs * (0.75 + random() / 2), over)
    const asked = connection()
    if (over.aborted || asked === undefined) continue
    if (!(await asked.isAlive(answerMs)) && !over.aborted) return true
  }
  return false
}
