/**
 * Moves what waits for a member that cannot send to one that can.
 *
 * It looks when it is woken: a session opened or closed, a member joined or left or reached a limit, a
 * message was moved or accepted for a member that is not connected. As long as something is stuck it looks again every
 * second. Without messages of pools it reads one empty index when a session opens or closes.
 */

import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Recipient } from '../domain/chat.js'
import { StoreUnavailableError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { MessageStatus } from '../domain/message-status.js'
import type { InPool, MoveReason } from '../domain/pool.js'
import type { Priority } from '../domain/priority.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import type { NumbersPort } from './pool-sends.js'
import { PoolStore } from './pool-store.js'

interface Waiting {
  readonly place: number
  readonly instanceId: InstanceId
  readonly recipient: Recipient
  readonly priority: Priority
  readonly status: MessageStatus
  readonly pool: InPool
}

/** The waiting messages of pools. */
export interface WaitingPort<Message extends Waiting> {
  /** The instances that have some. */
  instances(): Promise<readonly InstanceId[]>
  /** Those behind this place that may be moved or are being sent, in the order of acceptance. */
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
  readonly numbers: Pick<NumbersPort, 'presenceOf' | 'isBarred' | 'hasRoom'>
  /** Whether the number may start no conversation now. */
  readonly isRestricted: (instanceId: InstanceId) => Promise<boolean>
  /** Whether the number has reached a limit of today. */
  readonly isFull: (instanceId: InstanceId) => Promise<boolean>
}

const readAtOnce = 100
const lookAgainMs = 1_000
/** Where only limits hold messages: some hours, for the most part. */
const lookAgainIfFullMs = 30_000
/** In one run, of one instance. The next run goes on behind them. */
const mostStuck = 100

type Others = 'none' | 'away' | 'open'

/** A pool, as one of its members sees it. */
interface Sight {
  readonly isMember: boolean
  readonly others: Others
}

export class Failover<Message extends Waiting> implements AsyncDisposable {
  readonly #options: FailoverOptions<Message>
  readonly #store: PoolStore
  readonly #loop: WorkerLoop
  readonly #removed = new Set<InstanceId>()
  /** Where the next run goes on, by instance. */
  readonly #after = new Map<InstanceId, number>()
  /** The places of messages whose move failed, which is told once. */
  #failed = new Set<number>()
  #hasLooked = false

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

  /** The session of this instance was opened or closed: the time that a lost one may take begins or ends. */
  sessionChanged(instanceId: InstanceId): void {
    this.#options.numbers.presenceOf(instanceId)
    this.#loop.wake()
  }

  /** The instance has left a pool or joined one: what waits there for pools that it left goes to other members. */
  membershipChanged(instanceId: InstanceId): void {
    this.#removed.add(instanceId)
    this.#loop.wake()
  }

  /** The instance goes out of use: what waits there for pools goes to other members that are connected. */
  async handOn(instanceId: InstanceId): Promise<void> {
    const { waiting } = this.#options
    let after = 0
    for (;;) {
      const messages = await waiting.movable(instanceId, after, readAtOnce)
      for (const message of messages) {
        after = message.place
        if (message.status !== 'sending') await this.#move(message, 'removed')
      }
      if (messages.length < readAtOnce) return
    }
  }

  /** One run. Gives when to look again, if something is stuck. */
  async step(signal?: AbortSignal): Promise<number | undefined> {
    const removed = [...this.#removed]
    const instances = await this.#options.waiting.instances()
    // An earlier process may have ended before it moved what waited for those that left.
    if (!this.#hasLooked) for (const instanceId of instances) this.#removed.add(instanceId)
    this.#hasLooked = true
    this.#forgetOthers(instances, removed)
    let again = Infinity
    for (const instanceId of instances) {
      if (signal?.aborted) return undefined
      again = Math.min(again, await this.#relieve(instanceId, signal))
    }
    if (again < Infinity) return again
    this.#failed = new Set()
    return undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loop.stop()
  }

  /** Where nothing waits there is nothing to know. `removed`: those that were marked before it was read what waits. */
  #forgetOthers(instances: readonly InstanceId[], removed: readonly InstanceId[]): void {
    const kept = new Set(instances)
    for (const id of removed) if (!kept.has(id)) this.#removed.delete(id)
    for (const id of this.#after.keys()) if (!kept.has(id)) this.#after.delete(id)
  }

  /** Gives in how many ms to look again, if something waits for a member that cannot send it; else Infinity. */
  async #relieve(instanceId: InstanceId, signal: AbortSignal | undefined): Promise<number> {
    const { numbers, isRestricted, isFull } = this.#options
    const presence = numbers.presenceOf(instanceId)
    if (presence === 'coming') return lookAgainMs
    // Before the rows are read: a mark that is set meanwhile counts for the next run.
    const hasLeft = this.#removed.delete(instanceId)
    let again = lookAgainMs
    try {
      const isBarred = hasLeft || (await isRestricted(instanceId))
      if (presence === 'open' && !isBarred && !(await isFull(instanceId))) return Infinity
      const why = presence === 'away' ? 'disconnected' : 'restricted'
      again = await this.#moveAll(instanceId, why, signal)
      return again
    } finally {
      if (hasLeft && again === lookAgainMs) this.#removed.add(instanceId)
    }
  }

  async #moveAll(
    instanceId: InstanceId,
    why: 'disconnected' | 'restricted',
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const { waiting } = this.#options
    const pools = new Map<InstanceId, Sight>()
    let after = this.#after.get(instanceId) ?? 0
    const beganAt = after
    let stuck = 0
    let full = 0
    for (;;) {
      const messages = await waiting.movable(instanceId, after, readAtOnce)
      for (const message of messages) {
        if (signal?.aborted) return lookAgainMs
        after = message.place
        const { id } = message.pool
        const pool = pools.get(id) ?? (await this.#sightOf(id, instanceId))
        pools.set(id, pool)
        // The next member to join wakes the loop.
        if (pool.others === 'none') continue
        const reason = await this.#reasonFor(message, why, pool)
        if (reason === undefined) continue
        // One that is being sent may come back.
        const mayMove = pool.others === 'open' && message.status !== 'sending'
        if (mayMove && (await this.#move(message, reason))) continue
        if (reason === 'full') full += 1
        else stuck += 1
      }
      if (messages.length < readAtOnce || stuck + full >= mostStuck) {
        const isAtEnd = messages.length < readAtOnce
        this.#after.set(instanceId, isAtEnd ? 0 : after)
        if (stuck > 0) return lookAgainMs
        if (full > 0) return lookAgainIfFullMs
        return beganAt > 0 || !isAtEnd ? lookAgainMs : Infinity
      }
    }
  }

  /** One that cannot be moved must not hold up the others. */
  async #move(message: Message, why: MoveReason): Promise<boolean> {
    const { waiting, log } = this.#options
    try {
      return await waiting.move(message, why)
    } catch (cause) {
      if (cause instanceof StoreUnavailableError) throw cause
      const { place, instanceId } = message
      if (!this.#failed.has(place)) log.error('message-not-moved', { instanceId, cause })
      this.#failed.add(place)
      return false
    }
  }

  async #reasonFor(
    message: Message,
    why: 'disconnected' | 'restricted',
    { isMember }: Sight,
  ): Promise<MoveReason | undefined> {
    if (why === 'disconnected') return why
    const { database, numbers } = this.#options
    const { instanceId, recipient } = message
    if (await numbers.isBarred(instanceId, recipient, database.query)) return why
    if (!isMember) return 'removed'
    return (await numbers.hasRoom(instanceId, message, database.query)) ? undefined : 'full'
  }

  async #sightOf(poolId: InstanceId, instanceId: InstanceId): Promise<Sight> {
    const { database, numbers } = this.#options
    const members = await this.#store.members(database.query, poolId)
    const others = members.filter((member) => member.instanceId !== instanceId)
    const isOneOpen = others.some((member) => numbers.presenceOf(member.instanceId) === 'open')
    return {
      isMember: others.length < members.length,
      others: isOneOpen ? 'open' : others.length > 0 ? 'away' : 'none',
    }
  }
}
