/** Asks nodes at random how sessions stand that other nodes run: such a call goes over the link between two nodes. */

import { setTimeout as delay } from 'node:timers/promises'
import type { SandboxInstance } from '../sandbox/src/gateway-client.js'

export interface QuestionsOptions {
  /** Of the gateway that the next question goes to. */
  readonly url: () => string
  readonly clientToken: string
  readonly instances: readonly SandboxInstance[]
  readonly random: () => number
}

const everyMs = 150
/** Longer than a node waits for another one without a sign of life. */
const answerMs = 30_000

export class Questions {
  /** Answered with 200. */
  answered = 0
  /** 503 with `Retry-After`, or the gateway was dead. */
  repeated = 0
  readonly #options: QuestionsOptions
  readonly #wrong = new Map<string, number>()
  readonly #asking: Promise<void>
  #isOver = false

  constructor(options: QuestionsOptions) {
    this.#options = options
    this.#asking = this.#ask()
  }

  /** Gives what was answered otherwise, and how often. */
  async finish(): Promise<readonly string[]> {
    this.#isOver = true
    await this.#asking
    return [...this.#wrong].map(
      ([what, times]) => `${times} calls of another node's session: ${what}`,
    )
  }

  async #ask(): Promise<void> {
    while (!this.#isOver) {
      await delay(everyMs)
      await this.#askOne()
    }
  }

  async #askOne(): Promise<void> {
    const { url, instances, clientToken, random } = this.#options
    const instance = instances[Math.floor(random() * instances.length)]
    if (instance === undefined) throw new Error('no instance to ask of')
    const path = `/instances/${instance.id}/token/${instance.token}/me`
    try {
      const answer = await fetch(url() + path, {
        headers: { 'client-token': clientToken },
        signal: AbortSignal.timeout(answerMs),
      })
      if (answer.ok) this.answered += 1
      else if (answer.status === 503 && answer.headers.has('retry-after')) this.repeated += 1
      else this.#count(`${answer.status} ${await answer.text()}`)
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'TimeoutError') this.#count('no answer')
      else this.repeated += 1
    }
  }

  #count(what: string): void {
    this.#wrong.set(what, (this.#wrong.get(what) ?? 0) + 1)
  }
}
