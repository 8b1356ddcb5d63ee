/**
 * The table `login_failure`: counts logins that failed and holds up the next ones (`login-delay.ts`).
 *
 * All nodes of a database count together, and a restart forgets nothing.
 */

import { createHmac } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
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

export interface LoginThrottleOptions {
  readonly database: Database
  readonly vault: Pick<Vault, 'deriveSecret'>
  readonly clock: Clock
}

export class LoginThrottle {
  readonly #database: Database
  readonly #clock: Clock
  readonly #key: Uint8Array

  constructor({ database, vault, clock }: LoginThrottleOptions) {
    this.#database = database
    this.#clock = clock
    this.#key = vault.deriveSecret('administrators/login-failures')
  }

  /**
   * Counts a try as failed before it is judged, so that a hundred at once are
   * a hundred. Gives the seconds to wait, at least 1, when it must not be
   * judged at all; it is not counted then.
   */
  begin(caller: Caller): Promise<number | undefined> {
    const counts = countsOf(caller)
    return this.#database.transaction(async ({ query }) => {
      const now = this.#clock.now()
      let allowedAt = now
      const found: (Failures & { readonly hash: string })[] = []
      for (const [hash, policy] of this.#hashed(counts)) {
        const failures = await lock(query, hash, now)
        found.push({ ...failures, hash })
        allowedAt = Math.max(allowedAt, allowedAtOf(failures, policy, now))
      }
      if (allowedAt > now) {
        await forgetUncounted(query, found)
        return secondsBetween(now, allowedAt)
      }
      for (const { hash, ...failures } of found) {
        const count = isRecent(failures, now) ? failures.count + 1 : 1
        await query
          .updateTable('login_failure')
          .set({ count, last_at: now })
          .where('key_hash', '=', hash)
          .execute()
      }
      return undefined
    })
  }

  /** The seconds that any try from this address has to wait, as far as that is known without a name. */
  async waitOf(address: string): Promise<number | undefined> {
    const now = this.#clock.now()
    const [key, policy] = countOfAddress(address)
    const row = await this.#database.query
      .selectFrom('login_failure')
      .select(['count', 'last_at'])
      .where('key_hash', '=', this.#hash(key))
      .executeTakeFirst()
    if (row === undefined) return undefined
    const allowedAt = allowedAtOf({ count: row.count, lastAt: row.last_at }, policy, now)
    return allowedAt > now ? secondsBetween(now, allowedAt) : undefined
  }

  /** It was a whole login, and right. What others did with this account stays counted. */
  async succeeded(caller: Caller): Promise<void> {
    const [[own], ...others] = countsOf(caller)
    await this.#database.transaction(async ({ query }) => {
      await query.deleteFrom('login_failure').where('key_hash', '=', this.#hash(own)).execute()
      await this.#uncount(query, others)
    })
  }

  /**
   * It was no failure, and no whole login either: takes back what `begin` counted. Earlier
   * failures stay, so a person who knows the password cannot guess the one-time code without limit.
   */
  async undecided(caller: Caller): Promise<void> {
    await this.#database.transaction(({ query }) => this.#uncount(query, countsOf(caller)))
  }

  /** Forgets what is an hour old, and the oldest of too many. Gives how many counts that were. */
  async purge(): Promise<number> {
    const { query } = this.#database
    const oldestKept = await query
      .selectFrom('login_failure')
      .select('last_at')
      .orderBy('last_at', 'desc')
      .limit(1)
      .offset(mostCounted)
      .executeTakeFirst()
    const { numDeletedRows } = await query
      .deleteFrom('login_failure')
      .where(
        'last_at',
        '<=',
        Math.max(this.#clock.now() - forgetFailuresMs, oldestKept?.last_at ?? 0),
      )
      .executeTakeFirst()
    return Number(numDeletedRows)
  }

  async #uncount(query: Transaction['query'], counts: readonly Count[]): Promise<void> {
    for (const [hash] of this.#hashed(counts)) {
      await query
        .updateTable('login_failure')
        .set((row) => ({ count: row('count', '-', 1) }))
        .where('key_hash', '=', hash)
        .execute()
      await query
        .deleteFrom('login_failure')
        .where('key_hash', '=', hash)
        .where('count', '<=', 0)
        .execute()
    }
  }

  #hashed(counts: readonly Count[]): readonly Count[] {
    return counts.map(([key, policy]) => [this.#hash(key), policy])
  }

  #hash(key: string): string {
    return createHmac('sha256', this.#key).update(key).digest('hex')
  }
}

/** Until the end of the transaction no one else counts there. */
async function lock(query: Transaction['query'], hash: string, now: EpochMs): Promise<Failures> {
  const counted = await query
    .insertInto('login_failure')
    .values({ key_hash: hash, count: 0, last_at: now })
    .onConflict((conflict) =>
      conflict.column('key_hash').doUpdateSet({ count: (row) => row.ref('login_failure.count') }),
    )
    .returning(['count', 'last_at'])
    .executeTakeFirstOrThrow()
  return { count: counted.count, lastAt: counted.last_at }
}

async function forgetUncounted(
  query: Transaction['query'],
  found: readonly (Failures & { readonly hash: string })[],
): Promise<void> {
  const hashes = found.filter(({ count }) => count === 0).map(({ hash }) => hash)
  if (hashes.length === 0) return
  await query.deleteFrom('login_failure').where('key_hash', 'in', hashes).execute()
}

function isRecent({ lastAt }: Failures, now: EpochMs): boolean {
  return now - lastAt < forgetFailuresMs
}

function allowedAtOf(failures: Failures, policy: DelayPolicy, now: EpochMs): EpochMs {
  return isRecent(failures, now) ? nextTryAt(failures, policy) : now
}

/** Whole seconds, rounded up. */
function secondsBetween(now: EpochMs, later: EpochMs): number {
  return Math.ceil((later - now) / 1_000)
}

type Count = readonly [key: string, policy: DelayPolicy]

/** Every transaction locks in this order, so that no two wait for each other: own, address, account. */
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
