/**
 * The table `login_session`: who is logged in to the console, and from where.
 *
 * The browser holds a random token; its hash is kept, so a stolen database
 * is no login. `id` names a session to people and opens nothing.
 */

import { randomBytes, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { LoginSessionTable } from '../db/access-tables.js'
import { personActor } from '../domain/audit.js'
import type { Role } from '../domain/role.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { hashToken } from '../runtime/token-hash.js'
import type { AuditPort } from './audit-port.js'
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
  readonly audit: AuditPort
}

/** Whose login it is. */
export interface LoggedIn {
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** The oldest are logged out beyond that. */
const mostSessions = 20
const longestBrowser = 200

export class LoginSessions {
  readonly #database: Database
  readonly #clock: Clock
  readonly #audit: AuditPort
  readonly #watchers = new Set<(ids: ReadonlySet<string>) => void>()

  constructor({ database, clock, audit }: LoginSessionsOptions) {
    this.#database = database
    this.#clock = clock
    this.#audit = audit
    database.signals.onNews((news, id) => {
      if (news === 'login-ended') this.#tellWatchers(new Set([id]))
    })
  }

  /** `token` goes to the browser and cannot be read again. */
  async begin(
    administrator: LoggedIn,
    from: { readonly address: string; readonly browser: string },
  ): Promise<{ readonly token: string; readonly session: LoginSession }> {
    const token = randomBytes(32).toString('base64url')
    const now = this.#clock.now()
    const row = {
      id: randomUUID(),
      administrator_id: administrator.id,
      token_hash: hashToken(token),
      address: from.address,
      browser: from.browser.slice(0, longestBrowser),
      created_at: now,
      last_seen_at: now,
    }
    const by = personActor(administrator, from.address)
    await this.#database.transaction(async (transaction) => {
      await transaction.query.insertInto('login_session').values(row).execute()
      await this.#audit.record({ act: 'logged-in', by }, transaction)
      const all = await this.#alive(administrator.id, transaction)
      const oldest = all.slice(mostSessions).map(({ id }) => id)
      await this.#end(oldest, transaction)
    })
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
  list(administratorId: string): Promise<readonly LoginSession[]> {
    return this.#alive(administratorId, this.#database)
  }

  async #alive(
    administratorId: string,
    { query }: Pick<Database, 'query'> | Transaction,
  ): Promise<readonly LoginSession[]> {
    const rows = await query
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
  revoke(administrator: LoggedIn, id: string, address: string): Promise<boolean> {
    return this.#database.transaction(async (transaction) => {
      const own = await this.#alive(administrator.id, transaction)
      if (!own.some((session) => session.id === id)) return false
      await this.#end([id], transaction)
      const by = personActor(administrator, address)
      await this.#audit.record({ act: 'logged-out', by }, transaction)
      return true
    })
  }

  /** Logs out everywhere but there. Gives how many sessions that ended. */
  revokeOthers(administrator: LoggedIn, keptId: string, address: string): Promise<number> {
    return this.#database.transaction(async (transaction) => {
      const ended = await this.endOthers(administrator.id, keptId, transaction)
      const entry = { by: personActor(administrator, address), detail: `${ended} logins` }
      await this.#audit.record({ act: 'logins-ended', ...entry }, transaction)
      return ended
    })
  }

  /** The same as a part of something else, which records it. Without `keptId` no login is kept. */
  async endOthers(
    administratorId: string,
    keptId: string | undefined,
    transaction: Transaction,
  ): Promise<number> {
    const alive = await this.#alive(administratorId, transaction)
    const others = alive.filter(({ id }) => id !== keptId)
    await this.#end(
      others.map(({ id }) => id),
      transaction,
    )
    return others.length
  }

  /** Tells the ids of sessions as they are revoked. Call what it gives to hear no more. */
  onRevoked(tell: (ids: ReadonlySet<string>) => void): () => void {
    this.#watchers.add(tell)
    return () => this.#watchers.delete(tell)
  }

  /** Call it when these were taken out of the store, so that who watches hears of it. */
  removed(ids: ReadonlySet<string>): void {
    this.#tellWatchers(ids)
    for (const id of ids) this.#database.signals.tellNews('login-ended', id)
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

  #tellWatchers(ids: ReadonlySet<string>): void {
    for (const tell of this.#watchers) tell(ids)
  }

  async #end(ids: readonly string[], { query, afterCommit }: Transaction): Promise<void> {
    if (ids.length === 0) return
    await query.deleteFrom('login_session').where('id', 'in', ids).execute()
    afterCommit(() => this.removed(new Set(ids)))
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
