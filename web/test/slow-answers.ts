/**
 * A slow machine for the browser tests, so that a test that is a matter of luck fails before it is landed:
 *
 * - `SLOW_ANSWERS=800`: each call of a page is held for up to so many ms before it leaves and again before its answer
 *   arrives, so that answers come late and out of order. A stream of events is held before it begins.
 * - `SLOW_SEED=2`: other times.
 * - `SLOW_PROCESSOR=4`: pages compute four times slower.
 */

import type { BrowserContext, Page } from 'playwright-core'

const longestMs = Number(process.env['SLOW_ANSWERS'] ?? 0)
const seed = Number(process.env['SLOW_SEED'] ?? 1)
const slowdown = Number(process.env['SLOW_PROCESSOR'] ?? 1)

/** For every page that is opened from now on. What a test routes itself stays so. */
export async function slowDown(context: BrowserContext): Promise<void> {
  if (slowdown > 1) context.on('page', (page) => void slowProcessor(page))
  if (longestMs <= 0) return
  const hold = holds(seed)
  await context.addInitScript({ content: holdCalls })
  await context.route('**', async (route) => {
    if (route.request().resourceType() === 'eventsource')
      await new Promise((done) => setTimeout(done, hold()))
    // The page may be gone.
    await route.fallback().catch(() => undefined)
  })
}

/** Gives times in ms, the same ones for the same seed. */
function holds(from: number): () => number {
  let state = from
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 32) * longestMs
  }
}

/** In the page, where the answer of a route that a test makes is held as well, and a call can still be cancelled. */
const holdCalls = `{
  const longestMs = ${longestMs}
  const hold = (${holds.toString()})(${seed})
  const held = () => new Promise((done) => setTimeout(done, hold()))
  const ask = self.fetch.bind(self)
  self.fetch = async (address, options) => {
    await held()
    const answer = await ask(address, options)
    await held()
    options?.signal?.throwIfAborted()
    return answer
  }
}`

async function slowProcessor(page: Page): Promise<void> {
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  } catch {
    // Closed meanwhile.
  }
}
