/**
 * How long a new message of an instance would wait.
 *
 * What waits is counted in the database once, and kept up to date by what is accepted and done. It is
 * counted again every 30 seconds, and whenever a change was not told.
 */

import type { Kysely } from 'kysely'
import type { Schema } from '../../db/schema.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { SendingHolds, Turns } from '../limits/sending-holds.js'
import type { TrackedMessage } from '../message-row.js'
import type { OutboxStore, QueuePlace } from '../outbox-store.js'
import { expectedWaitMs, leastGapMs, type Rhythm, type WaitingCounts } from './expected-wait.js'
import type { PacingPolicy, PacingPort } from './pacing.js'

export interface QueueForecast {
  /** Those that are being sent count too. */
  readonly waiting: WaitingCounts
  /** Absent while the instance is disconnected: nothing leaves. */
  readonly open?:
    | {
        readonly rhythm: Rhythm
        /** How long a new message would wait, in ms. */
        readonly waitsMs: Readonly<Record<Priority, number>>
        /** How the limits of the number put off turns; `undefined` without limits. */
        readonly turns?: Turns | undefined
      }
    | undefined
}

export interface ForecastOptions {
  readonly store: OutboxStore
  readonly clock: Clock
  readonly pacing: PacingPort
  readonly holds: Pick<SendingHolds, 'turns'>
  /** Whether this node is told what is accepted and done. If another node runs the instance, it is counted each time. */
  readonly isTold: (instanceId: InstanceId) => boolean
  /** Whether the queue of the instance moves. */
  readonly isOpen: (instanceId: InstanceId) => boolean
  /** When the gap after its last send is over; in the past for "now". */
  readonly gapOverAt: (instanceId: InstanceId) => EpochMs
}

const countedForMs = 30_000
/** More than any gap that a caller may ask for. */
const longestGapMs = 60_000

interface Counted {
  readonly at: EpochMs
  readonly waiting: Record<Priority, number>
}

export class Forecast {
  readonly #options: ForecastOptions
  readonly #counted = new Map<InstanceId, Counted>()

  constructor(options: ForecastOptions) {
    this.#options = options
  }

  /** An estimate: later codes overtake a text, and a retry takes a turn of its own. */
  async of(instanceId: InstanceId, query: Kysely<Schema>): Promise<QueueForecast> {
    const waiting = await this.#waiting(instanceId, query)
    const { pacing, isOpen } = this.#options
    if (!isOpen(instanceId)) return { waiting }
    const rhythm = this.#rhythm(instanceId, await pacing(instanceId, query))
    const turns = await this.#options.holds.turns(instanceId, query)
    const now = this.#options.clock.now()
    const waitMs = (priority: Priority) =>
      turns === undefined
        ? expectedWaitMs(priority, waiting, rhythm)
        : limitedWaitMs(priority, waiting, rhythm, turns, now)
    const waitsMs = { high: waitMs('high'), normal: waitMs('normal'), low: waitMs('low') }
    return { waiting, open: { rhythm, waitsMs, turns } }
  }

  #rhythm(instanceId: InstanceId, policy: PacingPolicy): Rhythm {
    const { clock, gapOverAt } = this.#options
    const restMs = gapOverAt(instanceId) - clock.now()
    return {
      gapMs: Math.max(leastGapMs, (policy.minGapMs + policy.maxGapMs) / 2),
      // A longer one means that the clock was set back, and it is over.
      restMs: restMs > Math.max(longestGapMs, policy.maxGapMs) ? 0 : Math.max(0, restMs),
    }
  }

  async #waiting(instanceId: InstanceId, query: Kysely<Schema>): Promise<WaitingCounts> {
    const now = this.#options.clock.now()
    const { store, isTold } = this.#options
    if (!isTold(instanceId)) return store.queue.countByPriority(query, instanceId)
    const known = this.#counted.get(instanceId)
    if (known !== undefined && Math.abs(now - known.at) < countedForMs) return known.waiting
    const waiting = await store.queue.countByPriority(query, instanceId)
    this.#counted.set(instanceId, { at: now, waiting: { ...waiting } })
    return waiting
  }

  accepted(instanceId: InstanceId, { priority, place, from }: QueuePlace): void {
    const known = this.#counted.get(instanceId)
    if (known === undefined) return
    // Others have another priority now.
    if (from < place) this.#counted.delete(instanceId)
    else known.waiting[priority] += 1
  }

  done({ instanceId, priority }: Pick<TrackedMessage, 'instanceId' | 'priority'>): void {
    const known = this.#counted.get(instanceId)
    if (known !== undefined) known.waiting[priority] = Math.max(0, known.waiting[priority] - 1)
  }

  /** What waits may have changed in a way that was not told. */
  forget(instanceId: InstanceId): void {
    this.#counted.delete(instanceId)
  }
}

/** What has to wait for another day takes no turns today. */
function limitedWaitMs(
  priority: Priority,
  waiting: WaitingCounts,
  rhythm: Rhythm,
  turns: Turns,
  now: EpochMs,
): number {
  const leaving = (each: Priority) => (turns.of(each, 0).from > now ? 0 : waiting[each])
  const today = { high: leaving('high'), normal: leaving('normal'), low: leaving('low') }
  const counted = (turns.countsHigh ? waiting.high : 0) + (priority === 'high' ? 0 : waiting.normal)
  const turn = turns.of(priority, counted + (priority === 'low' ? waiting.low : 0))
  if (turn.from <= now) return expectedWaitMs(priority, today, rhythm)
  return Math.round(turn.from - now + turn.ahead * rhythm.gapMs)
}
