/** Percentiles and bars from messages. Computes only; `message-health.ts` reads. */

import type { FailureReason } from '../../domain/gateway-event.js'
import type { MessageStatus } from '../../domain/message-status.js'
import type { EpochMs } from '../../domain/time.js'

/** What of a message counts here. */
export interface Passage {
  readonly status: MessageStatus
  readonly failure: FailureReason | undefined
  /** WhatsApp's last refusal, though the message may have gone otherwise later. */
  readonly refusalCode: number | undefined
  readonly acceptedAt: EpochMs
  readonly sentAt: EpochMs | undefined
  readonly deliveredAt: EpochMs | undefined
}

/** Milliseconds; undefined when there was none to measure. */
export interface Percentiles {
  readonly count: number
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
}

/** The messages that were accepted in one stretch of time. */
export interface Bucket {
  readonly at: EpochMs
  readonly accepted: number
  readonly delivered: number
  readonly expired: number
  readonly failed: number
  /** Of accepted to sent; undefined when none was sent. */
  readonly sentP95Ms: number | undefined
  /** How often WhatsApp refused, by its code. */
  readonly refusals: readonly RefusalCount[]
}

export interface RefusalCount {
  readonly code: number
  readonly count: number
}

export interface HealthFigures {
  readonly acceptedToSent: Percentiles
  readonly sentToDelivered: Percentiles
  readonly acceptedToDelivered: Percentiles
  /** From the first moment to the last without a hole. */
  readonly buckets: readonly Bucket[]
  /** Why messages were not sent, the most frequent first. */
  readonly failures: readonly { readonly reason: FailureReason; readonly count: number }[]
}

export interface Range {
  readonly since: EpochMs
  readonly until: EpochMs
  /** More than 0. */
  readonly bucketMs: number
}

export function healthOf(passages: readonly Passage[], range: Range): HealthFigures {
  return {
    acceptedToSent: percentilesOf(passages, ({ acceptedAt }) => acceptedAt, sentOf),
    sentToDelivered: percentilesOf(passages, sentOf, deliveredOf),
    acceptedToDelivered: percentilesOf(passages, ({ acceptedAt }) => acceptedAt, deliveredOf),
    buckets: bucketsOf(passages, range),
    failures: countEach(passages.map(({ failure }) => failure))
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((one, other) => other.count - one.count),
  }
}

/** The smallest value that `share` of them do not exceed; `sorted` rises. */
export function percentile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}

type Deferred = (passage: Passage) => EpochMs | undefined

const sentOf: Deferred = ({ sentAt }) => sentAt
const deliveredOf: Deferred = ({ deliveredAt }) => deliveredAt

function percentilesOf(passages: readonly Passage[], from: Deferred, to: Deferred): Percentiles {
  const times = passages
    .flatMap((passage) => {
      const [start, end] = [from(passage), to(passage)]
      // WhatsApp dates receipts in whole seconds by its own clock.
      return start === undefined || end === undefined ? [] : [Math.max(0, end - start)]
    })
    .toSorted((one, other) => one - other)
  return {
    count: times.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  }
}

function bucketsOf(passages: readonly Passage[], { since, until, bucketMs }: Range): Bucket[] {
  const first = Math.floor(since / bucketMs)
  const last = Math.max(first, Math.floor(until / bucketMs))
  const held = Array.from({ length: last - first + 1 }, (): Passage[] => [])
  for (const passage of passages)
    held[Math.floor(passage.acceptedAt / bucketMs) - first]?.push(passage)
  return held.map((own, index) => bucketOf(own, (first + index) * bucketMs))
}

function bucketOf(passages: readonly Passage[], at: EpochMs): Bucket {
  const statuses = passages.map(({ status }) => status)
  return {
    at,
    accepted: passages.length,
    delivered: passages.filter(({ deliveredAt }) => deliveredAt !== undefined).length,
    expired: statuses.filter((status) => status === 'expired').length,
    failed: statuses.filter((status) => status === 'failed').length,
    sentP95Ms: percentilesOf(passages, ({ acceptedAt }) => acceptedAt, sentOf).p95,
    refusals: countEach(passages.map(({ refusalCode }) => refusalCode))
      .map(([code, count]) => ({ code, count }))
      .toSorted((one, other) => one.code - other.code),
  }
}

function countEach<T>(values: readonly (T | undefined)[]): [T, number][] {
  const counts = new Map<T, number>()
  for (const value of values)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
}
