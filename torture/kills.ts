/** Starts gateways and has each of them die as planned, until enough have died. */

import { setTimeout as delay } from 'node:timers/promises'
import { type Death, deaths, type Random } from './deaths.js'
import type { World } from './world.js'

export interface KillsOptions {
  readonly world: World
  readonly kills: number
  readonly random: Random
  /** Called after each death. */
  readonly onKill: (done: number) => void
}

/** No planned death takes longer to come. The gateway is killed then, wherever it stands. */
const longestLifeMs = 3_000

export class Kills {
  /** How many died at which moment. */
  readonly byKind = new Map<string, number>()
  readonly #options: KillsOptions
  #onAccepted: () => void = () => {}

  constructor(options: KillsOptions) {
    this.#options = options
  }

  /** To be told by the callers. */
  accepted(): void {
    this.#onAccepted()
  }

  async run(): Promise<void> {
    const { kills, random, onKill } = this.#options
    const plan = deaths(random)
    for (let done = 1; done <= kills; done += 1) {
      const next = plan.next()
      if (next.done === true) return
      const kind = await this.#liveAndDie(next.value)
      this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1)
      onKill(done)
    }
  }

  /** The kind of death it really was. */
  async #liveAndDie(death: Death): Promise<string> {
    const { world } = this.#options
    const moment = death.kind === 'after-accept' || death.kind === 'during-callback'
    const reached = moment ? this.#until(death.kind) : undefined
    let gateway
    try {
      gateway = await world.startGateway(plantedIn(death))
    } catch {
      return 'while starting'
    }
    const own = gateway.ended.then(() => death.kind)
    const ours = reached?.then(() => death.kind)
    const ends = ours === undefined ? [own] : [own, ours]
    const kind = await Promise.race([...ends, delay(longestLifeMs, 'any-moment')])
    gateway.kill('SIGKILL')
    await gateway.ended
    return kind.replaceAll('-', ' ')
  }

  #until(kind: 'after-accept' | 'during-callback'): Promise<void> {
    const { receiver } = this.#options.world
    return new Promise((resolve) => {
      if (kind === 'during-callback') receiver.beforeAnswer = resolve
      else this.#onAccepted = resolve
    })
  }
}

function plantedIn(death: Death): string | undefined {
  switch (death.kind) {
    case 'any-moment':
      return `${death.kind}:${death.afterMs}`
    case 'before-write':
    case 'after-write':
    case 'after-commit':
      return `${death.kind}:${death.count}`
    case 'after-accept':
    case 'during-callback':
      return undefined
  }
}
