/**
 * The table `login_session`: who is logged in to the console, and from where.
 *
 * The browser holds a random token; its hash is kept, so a stolen database
 * logs nobody in. `id` names a session to people and opens nothing.
 */

import { randomBytes, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database } from '../db/database.js'
import type { LoginSessionTable } from '../db/schema.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { hashToken } from '../runtime/token-hash.js'
import {
  absoluteLifetimeMs,
  endsAt,
  idleLifetimeMs,
  isAlive,
  isWorthNoting,
} from './session-lifetime.js'

export interface LoginSession {
  readonly id: string
  readonly administratorId: string
  /** IP address of the login. */
  readonly address: string
  /** What the browser calls itself, shortened. */
  readonly browser: string
  readonly createdAt: EpochMs
  readonly lastSeenAt: EpochMs
  readonly endsAt: EpochMs
}

export interface LoginSessionsOptions {
  readonly database: Database
  readonly clock: Clock
}

/** The oldest are logged out beyond that. */
const mostSessions = 20
const longestBrowser = 200

export class LoginSessions {
  readonly #database: Database
  readonly #clock: Clock
  readonly #watchers = new Set<(ids: ReadonlySet<string>) => void>()

  constructor({ database, clock }: LoginSessionsOptions) {
    this.#database = database
    this.#clock = clock
  }

  /** `token` goes to the browser and can not be read again. */
  async begin(
    administratorId: string,
    from: { readonly address: string; readonly browser: string },
  ): Promise<{ readonly token: string; readonly session: LoginSession }> {
    const token = randomBytes(32).toString('base64url')
    const now = this.#clock.now()
    const row = {
      id: randomUUID(),
      administrator_id: administratorId,
      token_hash: hashToken(token),
      address: from.address,
      browser: from.browser.slice(0, longestBrowser),
      created_at: now,
      last_seen_at: now,
    }
    await this.#database.query.insertInto('login_session').values(row).execute()
    const all = await this.list(administratorId)
    await this.#end(all.slice(mostSessions).map(({ id }) => id))
    return { token, session: sessionFrom(row) }
  }

  /** The session of this token if it is alive, and notes that it was seen. */
  async find(token: string): Promise<LoginSession | undefined> {
    const row = await this.#database.query
      .selectFrom('login_session')
      .selectAll()
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst()
    if (row === undefined) return undefined
    const session = sessionFrom(row)
    const now = this.#clock.now()
    if (!isAlive(session, now)) return undefined
    if (!isWorthNoting(session, now)) return session
    await this.#database.query
      .updateTable('login_session')
      .set({ last_seen_at: now })
      .where('id', '=', session.id)
      .execute()
    return sessionFrom({ ...row, last_seen_at: now })
  }

  /** Whether a session goes on. Does not count as a sight of it. */
  async isAlive(id: string): Promise<boolean> {
    const row = await this.#database.query
      .selectFrom('login_session')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row !== undefined && isAlive(sessionFrom(row), this.#clock.now())
  }

  /** Those that are alive, the one seen last first. */
  async list(administratorId: string): Promise<readonly LoginSession[]> {
    const rows = await this.#database.query
      .selectFrom('login_session')
      .selectAll()
      .where('administrator_id', '=', administratorId)
      .orderBy('last_seen_at', 'desc')
      .orderBy('created_at', 'desc')
      .execute()
    const now = this.#clock.now()
    return rows.map(sessionFrom).filter((session) => isAlive(session, now))
  }

  /** Gives whether this administrator had such a session. */
  async revoke(administratorId: string, id: string): Promise<boolean> {
    const own = await this.list(administratorId)
    if (!own.some((session) => session.id === id)) return false
    await this.#end([id])
    return true
  }

  /** Logs out everywhere but there. Gives how many sessions that ended. */
  async revokeOthers(administratorId: string, keptId: string): Promise<number> {
    const others = (await this.list(administratorId)).filter(({ id }) => id !== keptId)
    await this.#end(others.map(({ id }) => id))
    return others.length
  }

  /** Tells the ids of sessions as they are revoked. Call what it gives to hear no more. */
  onRevoked(tell: (ids: ReadonlySet<string>) => void): () => void {
    this.#watchers.add(tell)
    return () => this.#watchers.delete(tell)
  }

  /** Call it when these were taken out of the store, so that who watches hears of it. */
  removed(ids: ReadonlySet<string>): void {
    for (const tell of this.#watchers) tell(ids)
  }

  /** Call it from time to time; gives how many that had ended were forgotten. */
  async purge(): Promise<number> {
    const now = this.#clock.now()
    const { numDeletedRows } = await this.#database.query
      .deleteFrom('login_session')
      .where((row) =>
        row.or([
          row('last_seen_at', '<=', now - idleLifetimeMs),
          row('created_at', '<=', now - absoluteLifetimeMs),
        ]),
      )
      .executeTakeFirst()
    return Number(numDeletedRows)
  }

  async #end(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.#database.query.deleteFrom('login_session').where('id', 'in', ids).execute()
    this.removed(new Set(ids))
  }
}

function sessionFrom(row: Selectable<LoginSessionTable>): LoginSession {
  const lifetime = { createdAt: row.created_at, lastSeenAt: row.last_seen_at }
  return {
    id: row.id,
    administratorId: row.administrator_id,
    address: row.address,
    browser: row.browser,
    ...lifetime,
    endsAt: endsAt(lifetime),
  }
}
