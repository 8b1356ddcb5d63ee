/** WhatsApp bans one number after the other while gateways die, and lets each in again. */

import { setTimeout as delay } from 'node:timers/promises'
import type { SandboxInstance } from '../sandbox/src/gateway-client.js'
import type { World } from './world.js'

/** As long as a life, more or less. */
const bannedMs = 2_500
const pauseMs = 1_000
const repeatPauseMs = 200

export class Bans {
  /** How many there were. */
  count = 0
  readonly #world: World
  readonly #running: Promise<void>
  #isOver = false

  constructor(world: World) {
    this.#world = world
    this.#running = this.#banUntilOver()
  }

  /** Lets every number in again. The gateway has to be up. */
  async finish(): Promise<void> {
    this.#isOver = true
    await this.#running
    for (const instance of this.#world.instances) await this.#restore(instance)
  }

  async #banUntilOver(): Promise<void> {
    while (!this.#isOver) {
      const instance = await this.#world.ban(this.count)
      this.count += 1
      await delay(bannedMs)
      await this.#world.letIn()
      await this.#restore(instance)
      await delay(pauseMs)
    }
  }

  /** A banned number stays away until its owner connects it again. Asked until a gateway is there that answers. */
  async #restore({ id, token }: SandboxInstance): Promise<void> {
    const { url, clientToken } = this.#world
    const path = `${url}/instances/${id}/token/${token}/restore-session`
    for (;;) {
      const headers = { 'client-token': clientToken }
      const answer = await fetch(path, { headers }).catch(() => undefined)
      if (answer?.ok === true) return
      await delay(repeatPauseMs)
    }
  }
}
