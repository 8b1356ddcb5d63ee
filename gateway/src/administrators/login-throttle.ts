/** Counts logins that failed and holds up the next ones (`login-delay.ts`). In memory: a restart forgets them. */

import type { EpochMs } from '../domain/time.js'
import { addressForLimits } from '../runtime/address.js'
import type { Clock } from '../runtime/clock.js'
import {
  accountFromAddress,
  accountFromAnywhere,
  anyFromAddress,
  type DelayPolicy,
  type Failures,
  forgetFailuresMs,
  nextTryAt,
} from './login-delay.js'

/** Who tries to log in. */
export interface Caller {
  readonly name: string
  /** IP address. */
  readonly address: string
  /** The browser, where it proves an earlier login to this account. It has a count of its own alone. */
  readonly browser?: string | undefined
  /** There was a login to this account from this address before. What others do with the account does not hold it up. */
  readonly isKnownAddress?: boolean
}

/** An attacker with more addresses than this is not stopped by counting addresses anyway. */
const mostCounted = 10_000

export class LoginThrottle {
  readonly #clock: Clock
  /** The longest untouched first. */
  readonly #failures = new Map<string, Failures>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts a try as failed before it is judged, so that a hundred at once are
   * a hundred. Gives the seconds to wait, at least 1, when it must not be
   * judged at all; it is not counted then.
   */
  begin(caller: Caller): number | undefined {
    const now = this.#clock.now()
    const counts = countsOf(caller)
    const allowedAt = Math.max(...counts.map(([key, policy]) => this.#allowedAt(key, policy, now)))
    if (allowedAt > now) return secondsBetween(now, allowedAt)
    for (const [key] of counts) this.#count(key, now)
    return undefined
  }

  /** The seconds that any try from this address has to wait, as far as that is known without a name. */
  waitOf(address: string): number | undefined {
    const now = this.#clock.now()
    const [key, policy] = countOfAddress(address)
    const allowedAt = this.#allowedAt(key, policy, now)
    return allowedAt > now ? secondsBetween(now, allowedAt) : undefined
  }

  /** It was a whole login, and right. What others did with this account stays counted. */
  succeeded(caller: Caller): void {
    const [[own], ...others] = countsOf(caller)
    this.#failures.delete(own)
    for (const [key] of others) this.#uncount(key)
  }

  /**
   * It was no failure, and no whole login either: takes back what `begin` counted. Earlier
   * failures stay, so a person who knows the password cannot guess the one-time code without limit.
   */
  undecided(caller: Caller): void {
    for (const [key] of countsOf(caller)) this.#uncount(key)
  }

  #allowedAt(key: string, policy: DelayPolicy, now: EpochMs): EpochMs {
    const failures = this.#recent(key, now)
    return failures === undefined ? now : nextTryAt(failures, policy)
  }

  #recent(key: string, now: EpochMs): Failures | undefined {
    const failures = this.#failures.get(key)
    return failures === undefined || now - failures.lastAt >= forgetFailuresMs
      ? undefined
      : failures
  }

  #count(key: string, now: EpochMs): void {
    const count = (this.#recent(key, now)?.count ?? 0) + 1
    this.#failures.delete(key)
    this.#failures.set(key, { count, lastAt: now })
    if (this.#failures.size <= mostCounted) return
    for (const oldest of this.#failures.keys()) {
      this.#failures.delete(oldest)
      break
    }
  }

  #uncount(key: string): void {
    const failures = this.#failures.get(key)
    if (failures === undefined) return
    if (failures.count <= 1) this.#failures.delete(key)
    else this.#failures.set(key, { ...failures, count: failures.count - 1 })
  }
}

/** At least 1. */
function secondsBetween(now: EpochMs, later: EpochMs): number {
  return Math.max(1, Math.ceil((later - now) / 1_000))
}

type Count = readonly [key: string, policy: DelayPolicy]

function countsOf({
  name,
  address,
  browser,
  isKnownAddress = false,
}: Caller): readonly [Count, ...Count[]] {
  if (browser !== undefined)
    return [[JSON.stringify([name, 'browser', browser]), accountFromAddress]]
  const place = addressForLimits(address)
  const own: Count = [JSON.stringify([name, place]), accountFromAddress]
  if (isKnownAddress) return [own, countOfAddress(address)]
  return [own, countOfAddress(address), [JSON.stringify([name]), accountFromAnywhere]]
}

function countOfAddress(address: string): Count {
  return [JSON.stringify(['', addressForLimits(address)]), anyFromAddress]
}
