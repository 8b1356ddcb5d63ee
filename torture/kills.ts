/** Starts gateways and has each of them die as planned, until enough have died. */

import { setTimeout as delay } from 'node:timers/promises'
import { type GatewayProcess, StartError } from '../sandbox/src/gateway-process.js'
import { type Death, deaths, type Lives, type Random } from './deaths.js'
import type { MortalPostgres } from './store.js'
import type { World } from './world.js'

export interface KillsOptions {
  readonly world: World
  /** At least so many, and until there is enough. */
  readonly kills: number
  readonly hasEnough: () => boolean
  /** No more than fit in the time that there is. */
  readonly hasTime: () => boolean
  readonly lives: Lives
  readonly server: MortalPostgres | undefined
  readonly random: Random
  /** Called after each death. */
  readonly onKill: () => void
}

/** In this time a gateway has to accept again after its database came back. */
const rideOutMs = 30_000
/** Where the part of a life is counted, and does not come. */
const longestLifeMs = 60_000
/** How long a start takes, until one has been measured. */
const usualStartMs = 1_000
const mostFailedStarts = 20

export class Kills {
  /** How many died at which moment. */
  readonly byKind = new Map<string, number>()
  /** What went wrong beside what callers and receivers see. */
  readonly complaints: string[] = []
  readonly #options: KillsOptions
  readonly #waiting = new Set<() => void>()
  #startMs = usualStartMs
  #failedStarts = 0

  constructor(options: KillsOptions) {
    this.#options = options
  }

  /** To be told by the callers. */
  accepted(): void {
    for (const each of this.#waiting) each()
  }

  async run(): Promise<void> {
    const { kills, hasEnough, hasTime, random, lives, onKill } = this.#options
    const plan = deaths(lives, random)
    for (let done = 0; (done < kills || !hasEnough()) && hasTime(); ) {
      const death = plan.next().value
      const kind = await this.#liveAndDie(death)
      if (kind === undefined) continue
      done += 1
      this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1)
      onKill()
    }
  }

  /** The kind of death it really was; undefined when it did not come to life. */
  async #liveAndDie(death: Death): Promise<string | undefined> {
    const reached = this.#moment(death)
    const gateway = await this.#start(death)
    if (gateway === undefined || gateway === 'while starting') return gateway
    const kind = await this.#untilDeath(death, gateway, reached)
    gateway.kill('SIGKILL')
    await gateway.ended
    return kind.replaceAll('-', ' ')
  }

  async #start(death: Death): Promise<GatewayProcess | 'while starting' | undefined> {
    await this.#options.server?.isUp()
    const startedAt = performance.now()
    const end = new AbortController()
    const timer =
      death.kind === 'while-starting'
        ? setTimeout(() => end.abort(), death.share * this.#startMs)
        : undefined
    try {
      const gateway = await this.#options.world.startGateway({
        planted: plantedIn(death),
        end: end.signal,
      })
      this.#startMs = performance.now() - startedAt
      return gateway
    } catch (cause) {
      if (!(cause instanceof StartError)) throw cause
      if (cause.signal === 'SIGKILL') return 'while starting'
      // The database died under another gateway's test just now.
      this.#failedStarts += 1
      if (this.#options.server === undefined || this.#failedStarts > mostFailedStarts) throw cause
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends at the planned moment, or when a life has lasted long enough. */
  async #untilDeath(
    death: Death,
    gateway: GatewayProcess,
    reached: Promise<void> | undefined,
  ): Promise<string> {
    const { server } = this.#options
    if (death.kind === 'any-moment') await this.#life(death.share)
    else if (death.kind === 'database' || death.kind === 'database-stops') {
      await this.#life(death.share)
      await (death.kind === 'database'
        ? server?.die(death.downMs)
        : server?.standStill(death.downMs))
      await this.#rideOut()
    } else if (death.kind === 'gateway-and-database') {
      await this.#life(death.share)
      const outage = server?.die(death.downMs)
      gateway.kill('SIGKILL')
      await outage
    } else {
      const own = gateway.ended.then(() => death.kind)
      const ours = reached?.then(() => death.kind)
      const ends = ours === undefined ? [own] : [own, ours]
      return Promise.race([...ends, this.#life(1).then(() => 'any-moment')])
    }
    return death.kind
  }

  async #rideOut(): Promise<void> {
    const accepted = this.#count(1).then(() => true)
    const tooLate = delay(rideOutMs, false, { ref: false })
    if (!(await Promise.race([accepted, tooLate])))
      this.complaints.push(`accepted nothing for ${rideOutMs} ms after the database was back`)
  }

  /**
   * When this share of a life is over. On a slow machine a life is longer, or it would end before
   * anything happened; where a number of messages is asked for, it lasts until it had its part.
   */
  async #life(share: number): Promise<void> {
    const { lifeMs, accepts, isCounted } = this.#options.lives
    const time = share * Math.max(lifeMs, this.#startMs)
    if (isCounted)
      await Promise.race([this.#count(Math.ceil(share * accepts)), delay(longestLifeMs)])
    else await delay(time)
  }

  #moment(death: Death): Promise<void> | undefined {
    if (death.kind === 'after-accept') return this.#count(death.count)
    if (death.kind !== 'during-callback') return undefined
    const { receiver } = this.#options.world
    let left = death.count
    return new Promise((resolve) => {
      receiver.beforeAnswer = () => {
        left -= 1
        if (left === 0) resolve()
      }
    })
  }

  /** Resolves when so many more messages were accepted. */
  #count(messages: number): Promise<void> {
    let left = messages
    return new Promise((resolve) => {
      const one = (): void => {
        left -= 1
        if (left > 0) return
        this.#waiting.delete(one)
        resolve()
      }
      this.#waiting.add(one)
    })
  }
}

function plantedIn(death: Death): string {
  const isPlanted =
    death.kind === 'before-write' || death.kind === 'after-write' || death.kind === 'after-commit'
  return isPlanted ? `${death.kind}:${death.count}` : ''
}
