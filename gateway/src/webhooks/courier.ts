/**
 * Carries deliveries out: reads the head of a lane, signs it, posts it and
 * records how that ended.
 *
 * The table is the truth. What is kept here is only which lanes have something,
 * so after a crash a delivery is attempted again, with the same id and bytes:
 * receivers get every event at least once and, per chat, in order. Only the node
 * that runs an instance does this work for it, so nothing is claimed.
 */

import { setMaxListeners } from 'node:events'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Log } from '../runtime/telemetry.js'
import { WorkerLoop } from '../runtime/worker-loop.js'
import { type Attempt, type AttemptPorts, attempt } from './attempt.js'
import { sealAttempts } from './attempt-records.js'
import { type CallbackMetrics, uncounted } from './callback-metrics.js'
import { isStale, type NextStep, nextStep } from './delivery-retry.js'
import {
  bodyContext,
  type PendingDelivery,
  purgeEnded,
  readHead,
  readPendingLanes,
  recordAllDead,
  recordDead,
  recordDone,
  recordRetry,
  removeDelivery,
  type Tried,
} from './delivery-store.js'
import { disableUrl } from './endpoint-store.js'
import { PausedReceivers } from './paused-receivers.js'
import { type Lane, Lanes, type LaneLimits, type Pace } from './lanes.js'

export interface CourierOptions extends AttemptPorts {
  readonly database: Database
  readonly vault: Vault
  readonly random?: (() => number) | undefined
  readonly log: Log
  readonly limits?: LaneLimits | undefined
  readonly metrics?: CallbackMetrics | undefined
}

/**
 * What is in the air is a socket and a small body, so there may be many. Half
 * of the places are out of reach for endpoints that keep us waiting.
 */
const defaultLimits: LaneLimits = {
  all: 512,
  allSlow: 256,
  each: { untried: 4, prompt: 16, slow: 1 },
}

const hourMs = 3_600_000
/** For how long a done delivery can be looked up. */
const keepDoneMs = 7 * 24 * hourMs
/** For how long a dead one can be made again: longer, because its body is still owed. */
const keepDeadMs = 30 * 24 * hourMs
/** An endpoint that answers, with whatever, within this time is prompt. */
const promptMs = 3_000
/** A lane whose row could not be read or written is looked at again after this. */
const storeRetryMs = 5_000
/** How long a stop waits for attempts in the air: one that is cut off will be made again. */
const stopPatienceMs = 3_000

export class Courier implements AsyncDisposable {
  readonly #options: CourierOptions
  readonly #lanes: Lanes
  readonly #loop: WorkerLoop
  readonly #paused: PausedReceivers
  readonly #inFlight = new Map<Promise<void>, Run>()
  /** Instances whose lanes are to be read. */
  readonly #taken = new Set<InstanceId>()
  readonly #cutOff = new AbortController()
  #loaded = false
  #nextPurgeAt: EpochMs = 0

  constructor(options: CourierOptions) {
    this.#options = options
    this.#paused = new PausedReceivers(options.database)
    this.#lanes = new Lanes(options.limits ?? defaultLimits)
    // Every attempt in the air listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.#cutOff.signal)
    this.#loop = new WorkerLoop({
      name: 'courier',
      clock: options.clock,
      log: options.log,
      random: options.random,
      step: (signal) => this.#step(signal),
    })
  }

  /** Begins with what earlier processes left; with several nodes, with what is taken. A second start does nothing. */
  start(): void {
    this.#loop.start()
  }

  /** Something new was committed in this lane, for this instance. */
  wake(lane: Lane, instanceId: InstanceId): void {
    if (!this.#isOurs(instanceId)) return
    const now = this.#options.clock.now()
    this.#lanes.add(lane, now, now)
    this.#loop.wake()
  }

  /** A receiver of the instance is resumed, or is to be tried now. */
  takeAgain(instanceId: InstanceId): void {
    if (this.#isOurs(instanceId)) this.take([instanceId])
  }

  /** This node runs these instances from now on, or something is owed for them that another node stored. */
  take(instanceIds: readonly InstanceId[]): void {
    for (const id of instanceIds) this.#taken.add(id)
    this.#loop.wake()
  }

  /** Another node will run the instance, so nothing begins for it. Waits a moment for what is in the air. */
  async release(instanceId: InstanceId): Promise<void> {
    const runs = [...this.#inFlight].filter(([, run]) => run.instanceId === instanceId)
    const patience = new AbortController()
    const ended = Promise.allSettled(runs.map(([over]) => over))
    await Promise.race([ended, this.#options.clock.sleep(stopPatienceMs, patience.signal)])
    patience.abort()
  }

  /** The head of this lane is another one by now, and due. */
  hurry(lane: Lane, instanceId: InstanceId): void {
    if (!this.#isOurs(instanceId)) return
    this.#lanes.hurry(lane, this.#options.clock.now())
    this.#loop.wake()
  }

  /** Begins nothing more, gives what is in the air a moment to end, and cuts off the rest. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loop.stop()
    const ended = Promise.allSettled(this.#inFlight.keys())
    const patience = new AbortController()
    await Promise.race([ended, this.#options.clock.sleep(stopPatienceMs, patience.signal)])
    patience.abort()
    this.#cutOff.abort()
    await ended
  }

  async #step(signal: AbortSignal): Promise<number | undefined> {
    const { clock } = this.#options
    if (!this.#loaded && !this.#options.database.fence.isOn) await this.#load()
    await this.#loadTaken()
    if (clock.now() >= this.#nextPurgeAt) await this.#purge()

    while (!signal.aborted) {
      const lane = this.#lanes.take(clock.now())
      if (lane === undefined) break
      const run: Run = { instanceId: undefined }
      const over = this.#run(lane, run).finally(() => this.#inFlight.delete(over))
      this.#inFlight.set(over, run)
    }
    const nextAt = Math.min(this.#nextPurgeAt, this.#lanes.nextDueAt() ?? Infinity)
    return Math.max(0, nextAt - clock.now())
  }

  async #load(): Promise<void> {
    const { database, clock } = this.#options
    for (const { lane, url, nextAttemptAt } of await readPendingLanes(database.query)) {
      this.#lanes.add({ id: lane, url }, nextAttemptAt, clock.now())
    }
    this.#loaded = true
  }

  /** If it is not, the node is told that runs the instance. */
  #isOurs(instanceId: InstanceId): boolean {
    const { fence, signals } = this.#options.database
    if (fence.runs(instanceId)) return true
    signals.tellOwner('deliveries', instanceId)
    return false
  }

  async #loadTaken(): Promise<void> {
    const { database, clock } = this.#options
    for (const some of chunks([...this.#taken])) {
      const lanes = await readPendingLanes(database.query, some)
      for (const { lane, url, nextAttemptAt } of lanes) {
        // Another node may have made it due earlier than this one knows.
        if (nextAttemptAt <= clock.now()) this.#lanes.hurry({ id: lane, url }, clock.now())
        else this.#lanes.add({ id: lane, url }, nextAttemptAt, clock.now())
      }
      for (const id of some) this.#taken.delete(id)
    }
  }

  async #purge(): Promise<void> {
    const { clock, database } = this.#options
    await purgeEnded(database.query, 'done', clock.now() - keepDoneMs)
    await purgeEnded(database.query, 'dead', clock.now() - keepDeadMs)
    this.#nextPurgeAt = clock.now() + hourMs
  }

  /** Looks at the head of the lane, which is ours until `release`. Never throws. */
  async #run(lane: Lane, run: Run): Promise<void> {
    const { clock, log, database } = this.#options
    let end: RunEnd
    try {
      const head = await readHead(database.query, lane.id)
      // No callback tells what a power failure could still undo.
      await database.synced()
      // What was never attempted is due, also by a clock that was set back since it was stored.
      const isDue = head !== undefined && (head.attempts === 0 || head.nextAttemptAt <= clock.now())
      run.instanceId = head?.instanceId
      if (head !== undefined && !database.fence.runs(head.instanceId)) end = {}
      // `takeAgain` reads the lanes of the instance when it is resumed.
      else if (head !== undefined && (await this.#paused.has(head.instanceId, head.url))) end = {}
      else end = isDue ? await this.#deliver(head) : { nextDueAt: head?.nextAttemptAt }
    } catch (cause) {
      log.error('delivery-not-recorded', { cause })
      end = { nextDueAt: clock.now() + storeRetryMs }
    }
    this.#lanes.release(lane, end.nextDueAt, clock.now(), end.pace)
    this.#loop.wake()
  }

  async #deliver(head: PendingDelivery): Promise<RunEnd> {
    const { clock, database } = this.#options
    if (isStale(head, clock.now())) {
      await removeDelivery(database.query, head.id)
      return { nextDueAt: clock.now() }
    }
    const body = this.#open(head)
    if (body === undefined) {
      await this.#bury({ ...head, attemptsSealed: head.attemptsSealed ?? null }, 'unreadable')
      return { nextDueAt: clock.now() }
    }
    const made = await attempt(head, body, this.#options, this.#cutOff.signal)
    // We cut it off ourselves; the next process begins where this one began.
    if (made.outcome.kind === 'unanswered' && this.#cutOff.signal.aborted) return {}

    const isPrompt = made.outcome.kind === 'answered' && made.durationMs <= promptMs
    return { nextDueAt: await this.#record(head, made), pace: isPrompt ? 'prompt' : 'slow' }
  }

  /** Writes down how the attempt ended. Gives the moment at which the lane goes on. */
  async #record(head: PendingDelivery, made: Attempt): Promise<EpochMs> {
    const { clock, database, log, random, vault, metrics = uncounted } = this.#options
    const attempts = head.attempts + 1
    const attemptsSealed = sealAttempts(vault, head, head.attemptsSealed, made)
    const tried = {
      id: head.id,
      instanceId: head.instanceId,
      url: head.url,
      attempts,
      attemptsSealed,
    }
    const now = clock.now()
    const next = nextStep({ attempts, createdAt: head.createdAt }, made.outcome, now, random)
    const line = { ...namesOf(head), attempts, durationMs: made.durationMs }
    metrics.callbackAttempted(outcomeOf(made, next.kind))
    switch (next.kind) {
      case 'done':
        await recordDone(database.query, tried, now)
        metrics.callbackTaken(now - head.createdAt)
        log.info('delivery-done', line)
        return now
      case 'retry':
        await recordRetry(database.query, tried, made.problem, next.at)
        log.warn('delivery-failed', { ...line, reason: made.problem, retryInMs: next.at - now })
        return next.at
      case 'dead':
        await this.#bury(tried, made.problem)
        return now
      case 'gone':
        await this.#disable(tried, made.problem)
        return now
    }
  }

  async #bury(head: TriedHead, problem: string): Promise<void> {
    const { clock, database, log, metrics = uncounted } = this.#options
    await recordDead(database.query, head, problem, clock.now())
    metrics.callbackDead()
    log.warn('delivery-dead', { ...namesOf(head), attempts: head.attempts, reason: problem })
  }

  /** There is no receiver any more: nothing more is owed there, and what was owed can be looked at. */
  async #disable(head: TriedHead, problem: string): Promise<void> {
    const { clock, database, log, metrics = uncounted } = this.#options
    const now = clock.now()
    const { isNews, others } = await database.transaction(async (transaction) => {
      const { query } = transaction
      await recordDead(query, head, problem, now)
      return {
        isNews: await disableUrl(transaction, head.instanceId, head.url, now),
        others: await recordAllDead(query, head, problem, now),
      }
    })
    for (let n = 0; n <= others; n += 1) metrics.callbackDead()
    log.warn('delivery-dead', { ...namesOf(head), attempts: head.attempts, reason: problem })
    if (isNews || others > 0)
      log.warn('endpoint-disabled', { ...namesOf(head), count: others, reason: problem })
  }

  /** `undefined` if the bytes do not open: no later try would, and the lane must go on. */
  #open(head: PendingDelivery): string | undefined {
    try {
      const bytes = this.#options.vault.open(head.bodySealed, bodyContext(head))
      return Buffer.from(bytes).toString()
    } catch (cause) {
      this.#options.log.error('delivery-unreadable', { ...namesOf(head), cause })
      return undefined
    }
  }
}

/** The head of a lane after an attempt. */
type TriedHead = Tried & Pick<PendingDelivery, 'instanceId' | 'url'>

/** A run of a lane, and for which instance it is. */
interface Run {
  instanceId: InstanceId | undefined
}

const instancesAtOnce = 500

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += instancesAtOnce)
    yield all.slice(start, start + instancesAtOnce)
}

/** Where a lane stands after a run: when it goes on, and what its endpoint was like if it was asked. */
interface RunEnd {
  readonly nextDueAt?: EpochMs | undefined
  readonly pace?: Pace
}

function outcomeOf(
  { outcome }: Attempt,
  next: NextStep['kind'],
): 'taken' | 'refused' | 'unanswered' {
  if (next === 'done') return 'taken'
  return outcome.kind === 'answered' ? 'refused' : 'unanswered'
}

function namesOf(head: Pick<PendingDelivery, 'id' | 'instanceId'>): {
  deliveryId: string
  instanceId: string
} {
  return { deliveryId: head.id, instanceId: head.instanceId }
}
