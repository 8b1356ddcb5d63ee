/** Asks a gateway again and again whether it lives, beside whatever else is asked of it. */

import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'

export interface Probed {
  readonly count: number
  /** Milliseconds that an answer took. */
  readonly median: number
}

export class Probe implements Disposable {
  readonly #url: string
  readonly #agent: Agent

  /** @param from the address to call from */
  constructor(url: string, from: string) {
    this.#url = `${url}/health/live`
    this.#agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: from })
  }

  /** Probes until `work` is done, and at least so often. Throws what `work` throws. */
  async during(work: () => Promise<unknown>, atLeast = 50): Promise<Probed> {
    const took: number[] = []
    const state = { isDone: false }
    const end = () => {
      state.isDone = true
    }
    const working = work()
    working.then(end, end)
    while (!state.isDone || took.length < atLeast) {
      const start = performance.now()
      await this.#ask()
      took.push(performance.now() - start)
    }
    await working
    const sorted = took.toSorted((one, other) => one - other)
    return { count: took.length, median: sorted[Math.floor(sorted.length / 2)] ?? 0 }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  async #ask(): Promise<void> {
    const call = request(this.#url, { agent: this.#agent })
    call.end()
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    await response.toArray()
    if (response.statusCode !== 200) throw new Error(`/health/live: ${response.statusCode}`)
  }
}
