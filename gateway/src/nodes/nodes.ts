/**
 * This process as one of several nodes on a PostgreSQL database: it takes leases on instances, runs
 * them, and gives some up when other nodes have fewer. While it cannot know whether it still holds their
 * leases, because the database gives no answer, it writes nothing for them and keeps their sockets; once
 * the database answers it goes on with those that no other node has taken.
 *
 * `fair-share.ts` and `lease-time.ts` decide; this file asks the database and tells the runner.
 */

import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import { nextStep } from './fair-share.js'
import {
  type Before,
  type Census,
  type Lease,
  LeaseStore,
  type NodeRow,
  type Owner,
  type Taken,
} from './lease-store.js'
import { LeaseTime, leaseTimesOf } from './lease-time.js'

/** Runs instances: their queue, their session, their callbacks. */
export interface InstanceRunner {
  /** Takes up what the earlier owner left. Nothing else runs for them yet. If it throws, the leases are given up again. */
  recover(instanceIds: readonly InstanceId[]): Promise<void>
  /** Runs them from now on. Does not wait for their sessions. */
  begin(instances: readonly TakenInstance[]): void
  /**
   * Resolves when nothing is on its way any more, and how it ended is stored. Gives what the next owner is to know,
   * in the form of `standingOf`.
   */
  release(instanceId: InstanceId): Promise<string>
  /** The database was away for so long that the leases might have ended, and they did not: goes on with them. */
  resume(instanceIds: readonly InstanceId[]): void
  /** Another node runs them by now: ends them at once. Nothing can be stored for them. */
  lose(instanceIds: readonly InstanceId[]): Promise<void>
  /** How the session stands, for the other nodes to know. */
  standingOf(instanceId: InstanceId): string
}

export interface TakenInstance {
  readonly instanceId: InstanceId
  /** Undefined if no node had it before. */
  readonly before: Before | undefined
}

export interface HandoverMetrics {
  instanceTaken(cause: 'given-up' | 'silent', freeMs: number): void
}

export interface NodesOptions {
  readonly database: Database
  readonly store: LeaseStore
  readonly self: { readonly id: string; readonly version: string }
  /** Where other nodes reach this one. Empty while it does not listen. */
  readonly url: () => string
  readonly leaseMs: number
  readonly runner: InstanceRunner
  readonly metrics: HandoverMetrics
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds of a clock that is never set. */
  readonly passedMs?: () => number
}

/** Who answers for an instance: this node, another one, or none at this moment. */
export type Whose = { readonly kind: 'own' } | ({ readonly kind: 'other' } & Owner) | undefined

interface Held extends Taken {
  state: 'recovering' | 'running' | 'releasing'
}

const retries = { firstMs: 200, capMs: 1_000, jitter: 'equal' } as const

export class Nodes implements AsyncDisposable {
  readonly #options: NodesOptions
  readonly #times: ReturnType<typeof leaseTimesOf>
  readonly #time: LeaseTime
  readonly #held = new Map<InstanceId, Held>()
  /** What was begun and is not over. */
  readonly #works = new Set<Promise<void>>()
  #lastTurn: Promise<unknown> = Promise.resolve()
  /** A loop of its own: heartbeats go on while instances are taken, counted and given up. */
  readonly #heart: WorkerLoop
  readonly #loop: WorkerLoop
  readonly #end = new AbortController()
  #isLeaving = false
  /** The leases are over by our own clock, and what became of them is not known yet. */
  #isPaused = false
  #census: Census = { nodes: [], instances: 0 }
  readonly #told = new Map<InstanceId, string>()
  #elsewhere: ReadonlyMap<InstanceId, string> = new Map()

  constructor(options: NodesOptions) {
    this.#options = options
    const { database, self, leaseMs, clock, log, passedMs = () => performance.now() } = options
    this.#times = leaseTimesOf(leaseMs)
    this.#time = new LeaseTime(this.#times, passedMs)
    database.fence.begin(self.id, () => this.#time.isOver)
    const loop = { clock, log, backoff: retries }
    this.#heart = new WorkerLoop({ ...loop, name: 'nodes-heartbeat', step: () => this.#beat() })
    this.#loop = new WorkerLoop({ ...loop, name: 'nodes', step: () => this.#share() })
  }

  /** Takes its first instances, and resolves when they run. Throws what the database throws. */
  async start(): Promise<void> {
    await this.#beat()
    this.#heart.start()
    await this.#share()
    this.#loop.start()
    void this.#watch()
    await this.#settled()
  }

  /** Looks at once: there may be instances without an owner, or this node has something new to tell. */
  wake(): void {
    this.#loop.wake()
  }

  /** Tells the other nodes at once where this one is reached. */
  listens(): void {
    this.#heart.wake()
  }

  /** The nodes that live, as of the last heartbeat. */
  get nodes(): readonly NodeRow[] {
    return this.#census.nodes
  }

  get isAlone(): boolean {
    return this.#census.nodes.every(({ id }) => id === this.#options.self.id)
  }

  /** Whether this node runs the instance. */
  owns(instanceId: InstanceId): boolean {
    return this.#options.database.fence.runs(instanceId)
  }

  /** The instances that this node runs. */
  get running(): readonly InstanceId[] {
    return [...this.#held.keys()].filter((id) => this.owns(id))
  }

  /** How the session of an instance stands that another node runs: what that node's runner gave last. */
  standingElsewhere(instanceId: InstanceId): string | undefined {
    return this.#elsewhere.get(instanceId)
  }

  /** Who answers for the instance. This node takes it if no other one runs it. */
  async whose(instanceId: InstanceId): Promise<Whose> {
    if (this.owns(instanceId)) return { kind: 'own' }
    const { database, store, self } = this.#options
    const owner = await store.ownerOf(database.query, instanceId)
    if (owner !== undefined && owner.nodeId !== self.id) return { kind: 'other', ...owner }
    if (this.#isLeaving || this.#time.isOver || this.#held.has(instanceId)) return undefined
    await this.#take({ instanceId })
    return this.owns(instanceId) ? { kind: 'own' } : undefined
  }

  /** One heartbeat. Gives the ms until the next one. */
  async #beat(): Promise<number> {
    const { database, store, self, url } = this.#options
    this.#pauseIfOver()
    const answered = this.#time.heartbeat()
    await store.heartbeat(database.leases, { ...self, url: url(), isLeaving: this.#isLeaving })
    // This process may have stood still while it waited. From here on no other node takes what is still ours.
    this.#pauseIfOver()
    if (this.#isPaused) await this.#inTurn(() => this.#resume(answered))
    else answered()
    return this.#times.heartbeatEveryMs
  }

  /** Takes what is free and gives up what is above the share. Gives the ms until it is to look again. */
  async #share(): Promise<number> {
    const { self } = this.#options
    await this.#inTurn(() => this.#count())
    await this.#exchangeStandings()
    if (this.#isLeaving || this.#time.isOver) return this.#times.heartbeatEveryMs
    const staying = [...this.#held.values()].filter(({ state }) => state !== 'releasing').length
    const loads = this.#census.nodes.map((each) =>
      each.id === self.id ? { ...each, owned: staying } : each,
    )
    const { take, giveUp } = nextStep(self.id, loads, this.#census.instances)
    this.#giveUpSome(giveUp)
    if (take > 0) this.#keep(this.#take({ most: take }))
    return this.#times.heartbeatEveryMs
  }

  /** Gives everything up, so that other nodes take it at once, and ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { database, store, self, log } = this.#options
    this.#isLeaving = true
    this.#heart.wake()
    await this.#settled()
    for (const held of this.#held.values()) this.#release(held)
    await this.#settled()
    this.#end.abort()
    await this.#loop.stop()
    await this.#heart.stop()
    try {
      await store.remove(database.leases, self.id)
    } catch (cause) {
      // Its leases end by themselves.
      log.warn('node-not-removed', { cause })
    }
  }

  async #take(which: Parameters<LeaseStore['take']>[2]): Promise<void> {
    const { database, store, self, runner, log, metrics } = this.#options
    const taken = await this.#inTurn(async () => {
      const leases = await store.take(database.leases, self.id, which)
      for (const { before } of leases)
        if (before !== undefined)
          metrics.instanceTaken(before.isPlanned ? 'given-up' : 'silent', before.freeMs)
      return leases.map((lease) => this.#hold(lease))
    })
    if (taken.length === 0) return
    try {
      await runner.recover(taken.map(({ instanceId }) => instanceId))
    } catch (cause) {
      log.error('instances-not-taken', { count: taken.length, cause })
      for (const held of taken) this.#release(held)
      return
    }
    // Some may be lost by now.
    const running = taken.filter((held) => this.#held.get(held.instanceId) === held)
    for (const held of running) {
      held.state = 'running'
      database.fence.run(held.instanceId)
    }
    runner.begin(running)
    log.info('instances-taken', { count: running.length })
  }

  #hold(taken: Taken): Held {
    const { instanceId, epoch } = taken
    const held: Held = { ...taken, state: 'recovering' }
    this.#held.set(instanceId, held)
    this.#options.database.fence.hold(instanceId, epoch)
    return held
  }

  async #count(): Promise<void> {
    const { database, store, self } = this.#options
    this.#census = await store.census(database.leases)
    const counted = this.#census.nodes.find(({ id }) => id === self.id)?.owned
    if (counted === this.#held.size) return
    const rows = await store.heldBy(database.leases, self.id)
    // They changed hands although this node believed that its leases count.
    this.#loseAllBut(rows)
    // It could not be stored that they were given up.
    for (const lease of rows)
      if (!this.#held.has(lease.instanceId)) await store.giveUp(database.leases, self.id, lease)
  }

  async #exchangeStandings(): Promise<void> {
    const { database, store, self, runner } = this.#options
    for (const id of this.#told.keys()) if (!this.owns(id)) this.#told.delete(id)
    const news = new Map<InstanceId, string>()
    for (const id of this.#held.keys()) {
      const standing = runner.standingOf(id)
      if (this.owns(id) && this.#told.get(id) !== standing) news.set(id, standing)
    }
    await store.tellStandings(database.leases, self.id, news)
    for (const [id, standing] of news) this.#told.set(id, standing)
    this.#elsewhere = this.isAlone
      ? new Map()
      : await store.standingsElsewhere(database.leases, self.id)
  }

  #giveUpSome(count: number): void {
    let left = count
    for (const held of this.#held.values()) {
      if (left === 0) return
      if (held.state !== 'running') continue
      this.#release(held)
      left -= 1
    }
  }

  #release(held: Held): void {
    if (held.state === 'releasing') return
    held.state = 'releasing'
    this.#options.database.fence.rest(held.instanceId)
    this.#keep(this.#giveUp(held))
  }

  /** Never throws. What cannot be stored is found by `#count`, or ends with this node. */
  async #giveUp(held: Held): Promise<void> {
    const { database, store, self, runner, log } = this.#options
    const { instanceId } = held
    let left: string | undefined
    try {
      left = await runner.release(instanceId)
    } catch (cause) {
      log.error('instance-not-released', { instanceId, cause })
    }
    if (this.#held.get(instanceId) !== held) return
    database.fence.drop(instanceId)
    try {
      await this.#inTurn(() => store.giveUp(database.leases, self.id, held, left))
      // Another node need not wait for its next look.
      database.signals.tellOwner('lease', instanceId)
      log.info('instance-given-up', { instanceId })
    } catch (cause) {
      log.warn('instance-not-given-up', { instanceId, cause })
    } finally {
      this.#held.delete(instanceId)
    }
  }

  #pauseIfOver(): void {
    if (!this.#time.isOver || this.#isPaused || this.#held.size === 0) return
    this.#isPaused = true
    this.#options.log.warn('instances-paused', { count: this.#held.size })
  }

  /** Goes on with what no other node took. `answered`: the heartbeat before it was answered. */
  async #resume(answered: () => void): Promise<void> {
    const { database, store, self, runner, log } = this.#options
    this.#loseAllBut(await store.heldBy(database.leases, self.id))
    answered()
    // The answers took too long: it counts from the next one.
    if (this.#time.isOver) return
    this.#isPaused = false
    const { running } = this
    runner.resume(running)
    log.info('instances-resumed', { count: running.length })
  }

  #loseAllBut(leases: readonly Lease[]): void {
    const epochs = new Map(leases.map((one) => [one.instanceId, one.epoch]))
    const lost = [...this.#held.values()].filter(
      ({ instanceId, epoch, state }) => state !== 'releasing' && epochs.get(instanceId) !== epoch,
    )
    this.#lose(lost.map(({ instanceId }) => instanceId))
  }

  #lose(instanceIds: readonly InstanceId[]): void {
    if (instanceIds.length === 0) return
    const { database, runner, log } = this.#options
    for (const instanceId of instanceIds) {
      this.#held.delete(instanceId)
      database.fence.drop(instanceId)
    }
    log.warn('instances-lost', { count: instanceIds.length })
    runner.lose(instanceIds).catch((cause: unknown) => log.error('instances-not-ended', { cause }))
  }

  /** The statements about this node's leases follow each other, so that what is read fits what is kept here. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(act)
    this.#lastTurn = turn.catch(() => undefined)
    return turn
  }

  #keep(work: Promise<void>): void {
    const { log } = this.#options
    const kept = work
      .catch((cause: unknown) => log.error('instances-not-taken', { cause }))
      .finally(() => this.#works.delete(kept))
    this.#works.add(kept)
  }

  async #settled(): Promise<void> {
    while (this.#works.size > 0) await Promise.all(this.#works)
  }

  /** Notices that the leases may be over while the database gives no answer. */
  async #watch(): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#end
    while (!signal.aborted) {
      await clock.sleep(Math.max(this.#times.heartbeatEveryMs / 2, this.#time.leftMs), signal)
      if (!signal.aborted) this.#pauseIfOver()
    }
  }
}
