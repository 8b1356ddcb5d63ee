/**
 * Integrators who do everything right: each request carries an Idempotency-Key and
 * is repeated until it has an answer, whatever happens to the gateway meanwhile.
 */

import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SandboxInstance } from '../sandbox/src/gateway-client.js'
import { callOf } from './messages.js'
import type { Accepted } from './verdict.js'

export interface CallersOptions {
  /** Of the gateway that the next request goes to. */
  readonly url: () => string
  readonly clientToken: string
  readonly instances: readonly SandboxInstance[]
  readonly people: readonly string[]
  /** Of the `FileServer` with the documents. */
  readonly filesUrl: string
  readonly random: () => number
  /** How many requests are in flight at most. */
  readonly atOnce: number
  /** Whether another message may be made now: a run that only fills the line would prove little. */
  readonly mayCall: () => boolean
  /** Called with each message as soon as its 200 is there. */
  readonly onAccepted: (accepted: Accepted) => void
}

/** The life of every message. */
const expiresInSeconds = 120
/** What a busy machine may take from the gateway's write to the phone's screen. */
const toTheScreenMs = 2_000
const pauseMs = 40
const repeatPauseMs = 100

export class Callers {
  readonly accepted: Accepted[] = []
  /** Requests whose answer never came and that were repeated. */
  repeats = 0
  readonly #options: CallersOptions
  readonly #running: Promise<void>[]
  #isOver = false
  #made = 0

  constructor(options: CallersOptions) {
    this.#options = options
    this.#running = Array.from({ length: options.atOnce }, () => this.#callUntilOver())
  }

  /** Lets each caller get the answer it waits for, and makes no new message. The gateway has to be up. */
  async finish(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#running)
  }

  async #callUntilOver(): Promise<void> {
    while (!this.#isOver) {
      // First, because the maker of these callers still gives them a name.
      await delay(pauseMs)
      if (this.#options.mayCall()) await this.#sendOne()
    }
  }

  async #sendOne(): Promise<void> {
    const { instances, people, filesUrl, random } = this.#options
    const instance = instances[Math.floor(random() * instances.length)]
    const person = people[Math.floor(random() * people.length)]
    if (instance === undefined || person === undefined) throw new Error('no person to write to')
    this.#made += 1
    const { action, body, text, sha256 } = await callOf(this.#made, random, filesUrl)
    const path = `/instances/${instance.id}/token/${instance.token}/${action}`
    const full = { phone: person, ...body, expiresIn: expiresInSeconds }
    const answer = await this.#untilAnswered(path, full, randomUUID())
    const accepted = {
      zaapId: answer.zaapId,
      messageId: answer.messageId,
      action,
      text,
      sha256,
      person,
      // Counted by the gateway from before its answer, so this is never too early.
      expiresAt: Date.now() + expiresInSeconds * 1_000 + toTheScreenMs,
    }
    this.accepted.push(accepted)
    this.#options.onAccepted(accepted)
  }

  async #untilAnswered(
    path: string,
    body: object,
    key: string,
  ): Promise<{ readonly zaapId: string; readonly messageId: string }> {
    for (;;) {
      const answer = await this.#post(path, body, key)
      if (answer !== undefined) return answer
      this.repeats += 1
      await delay(repeatPauseMs)
    }
  }

  /** Undefined when it has to be asked again: no gateway, no answer, 408 of one that stood still, or 409 while the first try is in flight. */
  async #post(
    path: string,
    body: object,
    key: string,
  ): Promise<{ readonly zaapId: string; readonly messageId: string } | undefined> {
    const { url, clientToken } = this.#options
    try {
      const response = await fetch(url() + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'client-token': clientToken,
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      })
      const text = await response.text()
      if (response.ok) return JSON.parse(text) as { zaapId: string; messageId: string }
      if ([408, 409].includes(response.status) || response.status >= 500) return undefined
      throw new RefusedError(`the gateway refused a good request: ${response.status} ${text}`)
    } catch (cause) {
      if (cause instanceof RefusedError) throw cause
      return undefined
    }
  }
}

class RefusedError extends Error {}
