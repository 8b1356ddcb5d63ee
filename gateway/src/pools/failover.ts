/**
 * Moves what waits for a member that cannot send to one that can.
 *
 * It looks when it is woken: a session opened or closed, a member left, a message was moved. As long
 * as something is stuck it looks again every second.
 */

import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Recipient } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { InPool, MoveReason } from '../domain/pool.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import type { NumbersPort } from './pool-sends.js'
import { PoolStore } from './pool-store.js'

interface Waiting {
  readonly place: number
  readonly instanceId: InstanceId
  readonly recipient: Recipient
  readonly pool: InPool
}

/** The waiting messages of pools. */
export interface WaitingPort<Message extends Waiting> {
  /** The instances that have some. */
  instances(): Promise<readonly InstanceId[]>
  /** Those behind this place that may be moved, in the order of acceptance. */
  movable(instanceId: InstanceId, after: number, limit: number): Promise<readonly Message[]>
  /** Whether a member took it over. It may have left meanwhile. */
  move(message: Message, why: MoveReason): Promise<boolean>
}

export interface FailoverOptions<Message extends Waiting> {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly waiting: WaitingPort<Message>
  readonly numbers: Pick<NumbersPort, 'presenceOf' | 'isBarred'>
  /** Whether the number may start no conversation now. */
  readonly isRestricted: (instanceId: InstanceId) => Promise<boolean>
}

const readAtOnce = 100
const lookAgainMs = 1_000
/** In one run, of one instance. The next run goes on behind them. */
const mostStuck = 100

export class Failover<Message extends Waiting> implements AsyncDisposable {
  readonly #options: FailoverOptions<Message>
  readonly #store: PoolStore
  readonly #loop: WorkerLoop
  readonly #removed = new Set<InstanceId>()
  /** Where the next run goes on, by instance. */
  readonly #after = new Map<InstanceId, number>()

  constructor(options: FailoverOptions<Message>) {
    this.#options = options
    this.#store = new PoolStore(options.vault)
    const { clock, log, random } = options
    const step = (signal: AbortSignal) => this.step(signal)
    this.#loop = new WorkerLoop({ name: 'failover', clock, log, random, step })
  }

  start(): void {
    this.#loop.start()
  }

  /** Something changed of members or their messages. */
  wake(): void {
    this.#loop.wake()
  }

  /** The instance has left a pool: what waits there for that pool goes to other members. */
  removed(instanceId: InstanceId): void {
    this.#removed.add(instanceId)
    this.#loop.wake()
  }

  /** One run. Gives when to look again, if something is stuck. */
  async step(signal?: AbortSignal): Promise<number | undefined> {
    let isStuck = false
    for (const instanceId of await this.#options.waiting.instances()) {
      if (signal?.aborted) return undefined
      if (await this.#relieve(instanceId)) isStuck = true
    }
    return isStuck ? lookAgainMs : undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loop.stop()
  }

  /** Gives whether something waits for a member that cannot send. */
  async #relieve(instanceId: InstanceId): Promise<boolean> {
    const { numbers, isRestricted } = this.#options
    const presence = numbers.presenceOf(instanceId)
    if (presence === 'coming') return true
    const hasLeft = this.#removed.delete(instanceId)
    const why = presence === 'away' ? 'disconnected' : 'restricted'
    if (presence === 'open' && !hasLeft && !(await isRestricted(instanceId))) return false
    const isStuck = await this.#moveAll(instanceId, why)
    if (isStuck && hasLeft) this.#removed.add(instanceId)
    return isStuck
  }

  async #moveAll(instanceId: InstanceId, why: 'disconnected' | 'restricted'): Promise<boolean> {
    const { waiting } = this.#options
    const open = new Map<InstanceId, boolean>()
    let after = this.#after.get(instanceId) ?? 0
    const beganAt = after
    let stuck = 0
    for (;;) {
      const messages = await waiting.movable(instanceId, after, readAtOnce)
      for (const message of messages) {
        after = message.place
        const reason = await this.#reasonFor(message, why)
        if (reason === undefined) continue
        const { id } = message.pool
        if (!open.has(id)) open.set(id, await this.#hasOther(id, instanceId))
        if (!open.get(id) || !(await waiting.move(message, reason))) stuck += 1
      }
      if (messages.length < readAtOnce || stuck >= mostStuck) {
        const isAtEnd = messages.length < readAtOnce
        this.#after.set(instanceId, isAtEnd ? 0 : after)
        return stuck > 0 || beganAt > 0 || !isAtEnd
      }
    }
  }

  async #reasonFor(
    { pool, instanceId, recipient }: Message,
    why: 'disconnected' | 'restricted',
  ): Promise<MoveReason | undefined> {
    if (why === 'disconnected') return why
    const { database, numbers } = this.#options
    if (await numbers.isBarred(instanceId, recipient, database.query)) return why
    const members = await this.#store.members(database.query, pool.id)
    return members.some((member) => member.instanceId === instanceId) ? undefined : 'removed'
  }

  async #hasOther(poolId: InstanceId, instanceId: InstanceId): Promise<boolean> {
    const { database, numbers } = this.#options
    const members = await this.#store.members(database.query, poolId)
    return members.some(
      (member) =>
        member.instanceId !== instanceId && numbers.presenceOf(member.instanceId) === 'open',
    )
  }
}
