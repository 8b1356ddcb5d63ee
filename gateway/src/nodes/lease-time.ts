/**
 * How long this process may act for the instances that it runs, by its own monotonic clock.
 *
 * The database counts a lease from the moment at which it stored the heartbeat, this process from the
 * moment at which it sent the heartbeat, and only for two thirds of the time. So it stops before
 * another node may begin, also if its clock is slow by a quarter, and after it was frozen.
 */

/** All in ms. */
export interface LeaseTimes {
  /** A node whose heartbeat is older, by the clock of the database, has lost its instances. */
  readonly leaseMs: number
  /** A node stops so long after the last heartbeat that was answered, by its own clock. */
  readonly deadlineMs: number
  readonly heartbeatEveryMs: number
}

const longestHeartbeatMs = 1_000

export function leaseTimesOf(leaseMs: number): LeaseTimes {
  return {
    leaseMs,
    deadlineMs: Math.floor((leaseMs * 2) / 3),
    heartbeatEveryMs: Math.min(longestHeartbeatMs, Math.floor(leaseMs / 6)),
  }
}

export class LeaseTime {
  readonly #times: LeaseTimes
  readonly #passedMs: () => number
  #countsUntil = Number.NEGATIVE_INFINITY

  /** `passedMs`: of a clock that is never set. */
  constructor(times: LeaseTimes, passedMs: () => number) {
    this.#times = times
    this.#passedMs = passedMs
  }

  /** Call it before a heartbeat is sent, and what it returns once the heartbeat was answered. */
  heartbeat(): () => void {
    const until = this.#passedMs() + this.#times.deadlineMs
    return () => {
      this.#countsUntil = Math.max(this.#countsUntil, until)
    }
  }

  /** For how many ms the lease counts. 0 or less: it is over. */
  get leftMs(): number {
    return this.#countsUntil - this.#passedMs()
  }

  get isOver(): boolean {
    return this.leftMs <= 0
  }
}
