/**
 * Runs the queue of every instance, and the watch for what gets too old.
 *
 * Queues know nothing of each other, so a slow instance delays no other. The
 * watch is one for all: a message whose instance is disconnected expires at
 * its time, and its caller hears of it then, not when the link is back.
 */

import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import type { Schema } from '../../db/schema.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import { WorkerLoop } from '../../runtime/worker-loop.js'
import type { EarlierPort } from '../history/earlier-messages.js'
import { shortestLifeSeconds } from './expiry.js'
import { Undeliverable, usualUndeliverableMs } from './undeliverable.js'
import { Forecast, type QueueForecast } from './forecast.js'
import type { MediaPort } from './file-stage.js'
import { InstanceQueue, type InstanceQueueOptions, type SessionPort } from './instance-queue.js'
import type { TrackedMessage } from '../message-row.js'
import type { OutboxMetrics } from '../history/outbox-metrics.js'
import { type EventSink, Outcomes } from '../outcomes.js'
import { OutboxStore, type QueuePlace } from '../outbox-store.js'
import type { MembersPort, Moves } from './moves.js'
import type { PacingPort } from './pacing.js'
import type { KeepPort } from './send-attempts.js'
import type { Restrictions } from '../limits/restrictions.js'
import type { SendingHolds } from '../limits/sending-holds.js'

export interface SenderOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly random: () => number
  readonly session: SessionPort
  readonly keeping: KeepPort
  readonly media: MediaPort
  readonly events: EventSink
  readonly log: Log
  readonly pacing: PacingPort
  /** If a code is not sent within this time, its caller gets an UndeliverableCallback. 0: never. 20 s if unset. */
  readonly undeliverableAfterMs?: number | undefined
  readonly metrics?: OutboxMetrics | undefined
  /** Without it no callback tells what earlier message ours is about. */
  readonly earlier?: EarlierPort | undefined
  readonly restrictions: Restrictions
  readonly members: MembersPort
  readonly holds: SendingHolds
}

/** So many instances are taken over by one statement. */
const recoveredAtOnce = 500

export class Sender implements AsyncDisposable {
  readonly #database: Database
  readonly #clock: Clock
  readonly #log: Log
  readonly #store: OutboxStore
  readonly #outcomes: Outcomes
  readonly #queueOptions: InstanceQueueOptions
  readonly #forecast: Forecast
  readonly #queues = new Map<InstanceId, InstanceQueue>()
  readonly #expiryWatch: WorkerLoop
  readonly #undeliverableWatch: WorkerLoop
  #running = false
  #stopped = false

  constructor(options: SenderOptions) {
    const { database, clock, random, log } = options
    this.#database = database
    this.#clock = clock
    this.#log = log
    this.#store = new OutboxStore(options)
    this.#outcomes = new Outcomes({
      ...options,
      store: this.#store,
      onDone: (message) => this.done(message),
      onAdded: (instanceId, place) => this.accepted(instanceId, place),
    })
    this.#expiryWatch = new WorkerLoop({
      name: 'expiry-watch',
      clock,
      log,
      random,
      step: () => this.#endOverdue(),
    })
    const { undeliverableAfterMs = usualUndeliverableMs } = options
    const undeliverable = new Undeliverable({
      ...options,
      store: this.#store,
      undeliverableAfterMs,
    })
    this.#undeliverableWatch = new WorkerLoop({
      name: 'undeliverable-watch',
      clock,
      log,
      random,
      step: () => undeliverable.tellDue(),
    })
    this.#forecast = new Forecast({
      ...options,
      store: this.#store,
      isOpen: (instanceId) => options.session.isOpen(instanceId),
      isTold: (instanceId) => database.fence.runs(instanceId),
      gapOverAt: (instanceId) => this.#queues.get(instanceId)?.gapOverAt ?? 0,
    })
    this.#queueOptions = {
      ...options,
      store: this.#store,
      outcomes: this.#outcomes,
      onPutBack: () => this.#expiryWatch.wake(),
    }
  }

  /** Of messages of pools. */
  get moves(): Moves {
    return this.#outcomes.moves
  }

  /**
   * Takes up what an earlier process left, and begins to send. Nothing is sent
   * before it returns. Call it once; again only if it throws (the database failed).
   * With several nodes it begins for no instance: see `recover`.
   */
  async start(): Promise<void> {
    const { query, fence } = this.#database
    await this.#store.queue.nameChats(query)
    if (!fence.isOn) {
      this.#renew(await this.#store.status.recover(query, this.#clock.now()))
      for (const id of await this.#store.queue.instancesWithWaiting(query)) this.#queueOf(id)
    }
    if (this.#stopped) return
    this.#running = true
    for (const queue of this.#queues.values()) queue.start()
    this.#expiryWatch.start()
    this.#undeliverableWatch.start()
  }

  /** This node runs these instances from now on: takes up what the earlier owner left. Sends nothing yet. */
  async recover(instanceIds: readonly InstanceId[]): Promise<void> {
    const { query } = this.#database
    for (let start = 0; start < instanceIds.length; start += recoveredAtOnce) {
      const some = instanceIds.slice(start, start + recoveredAtOnce)
      this.#renew(await this.#store.status.recover(query, this.#clock.now(), some))
    }
  }

  /** After `recover`: sends for them. */
  begin(instanceIds: readonly InstanceId[]): void {
    if (this.#stopped) return
    for (const id of instanceIds) this.#queueOf(id).start()
  }

  /** Nothing was heard of the database for a while, and this node still runs them: looks for what was accepted. */
  resume(instanceIds: readonly InstanceId[]): void {
    if (this.#stopped) return
    for (const id of instanceIds) this.#queueOf(id).lookAgain()
  }

  /** Another node runs them by now: ends their queues at once. */
  lose(instanceIds: readonly InstanceId[]): void {
    for (const id of instanceIds) {
      const queue = this.#queues.get(id)
      this.#queues.delete(id)
      this.#forecast.forget(id)
      void queue?.stop()
    }
  }

  /** A message of this instance waits at this place in the order of acceptance. */
  accepted(instanceId: InstanceId, place: QueuePlace): void {
    const { fence, signals } = this.#database
    if (!fence.runs(instanceId)) return signals.tellOwner('queue', instanceId)
    this.#forecast.accepted(instanceId, place)
    this.#queueOf(instanceId).accepted(place)
  }

  /**
   * How long a new message of this priority would wait for its turn, in ms; `undefined` while the
   * instance is disconnected. An estimate. `query`: that of a transaction, within one.
   */
  async expectedWait(
    instanceId: InstanceId,
    priority: Priority,
    query: Kysely<Schema> = this.#database.query,
  ): Promise<number | undefined> {
    return (await this.forecast(instanceId, query)).open?.waitsMs[priority]
  }

  /** What waits, and how long a new message would. `query`: that of a transaction, within one. */
  forecast(
    instanceId: InstanceId,
    query: Kysely<Schema> = this.#database.query,
  ): Promise<QueueForecast> {
    return this.#forecast.of(instanceId, query)
  }

  /** The message does not wait any more. */
  done(message: TrackedMessage): void {
    this.#forecast.done(message)
    this.#queues.get(message.instanceId)?.done(message)
  }

  /** What waits of this instance may have changed in a way that was not told. */
  lookAgain(instanceId: InstanceId): void {
    this.#forecast.forget(instanceId)
    const { fence, signals } = this.#database
    if (!fence.runs(instanceId)) return signals.tellOwner('queue', instanceId)
    this.#queues.get(instanceId)?.lookAgain()
  }

  /** Limits were changed: what they held may go, or the other way round. */
  limitsChanged(): void {
    for (const queue of this.#queues.values()) queue.lookAgain()
  }

  /** Looks for what other nodes accepted and no signal told of. */
  async lookForOthers(): Promise<void> {
    const { query, fence } = this.#database
    for (const id of await this.#store.queue.instancesWithWaiting(query))
      if (fence.runs(id)) this.lookAgain(id)
  }

  /** The session of this instance was opened: its queue moves again. */
  sessionOpened(instanceId: InstanceId): void {
    if (!this.#database.fence.runs(instanceId)) return
    this.#queueOf(instanceId).sessionOpened()
  }

  /** The instance is deleted, or another node will run it: its queue ends as all queues do at the end, and is forgotten. */
  async forget(instanceId: InstanceId): Promise<void> {
    await this.#queues.get(instanceId)?.stop()
    this.#queues.delete(instanceId)
    this.#forecast.forget(instanceId)
  }

  /** Waits for the sends in the air and writes down how they ended; claims nothing more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    const queues = [...this.#queues.values()]
    await Promise.all([
      this.#expiryWatch.stop(),
      this.#undeliverableWatch.stop(),
      ...queues.map((queue) => queue.stop()),
    ])
  }

  #renew(left: readonly TrackedMessage[]): void {
    for (const { instanceId, recipient } of left) this.#queueOf(instanceId).renewFor(recipient)
    if (left.length > 0) this.#log.warn('sends-recovered', { count: left.length })
  }

  #queueOf(instanceId: InstanceId): InstanceQueue {
    const known = this.#queues.get(instanceId)
    if (known !== undefined) return known
    const queue = new InstanceQueue(instanceId, this.#queueOptions)
    this.#queues.set(instanceId, queue)
    const { fence } = this.#database
    if (this.#running && !this.#stopped && fence.runs(instanceId)) queue.start()
    return queue
  }

  /** Nothing that is accepted after this look expires before the next one, so accepting need not wake it. */
  async #endOverdue(): Promise<number> {
    if (await this.#outcomes.endOverdue()) return 0
    const next = await this.#store.queue.nextExpiry(this.#database.query)
    const longestMs = shortestLifeSeconds * 1_000
    return Math.max(0, Math.min(longestMs, (next ?? Infinity) - this.#clock.now()))
  }
}
