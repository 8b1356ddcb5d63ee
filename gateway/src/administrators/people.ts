/**
 * The people of the console: their roles, and the invitations that make more of them.
 *
 * When a person loses rights, the logins and open invitations of that person end in the same transaction.
 * One administrator always remains. Invitations are kept as hashes: a link is shown once.
 */

import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import { type Actor, personActor } from '../domain/audit.js'
import { isEnough, type Role } from '../domain/role.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { hashToken } from '../runtime/token-hash.js'
import {
  type AdministratorRow,
  add,
  findById,
  findByName,
  nameOf,
  roleOf,
} from './administrator-store.js'
import type { Administrator } from './administrators.js'
import type { AuditPort } from './audit-port.js'
import type { LoginSessions } from './login-sessions.js'
import {
  InvitationGoneError,
  LastAdministratorError,
  NameTakenError,
  TooManyInvitationsError,
  UnknownInvitationError,
  UnknownPersonError,
} from './people-errors.js'

export interface PeopleOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly audit: AuditPort
  readonly logins: Pick<LoginSessions, 'endOthers'>
  readonly administrators: { hashOf(password: string): Promise<string> }
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly hasSecondFactor: boolean
  readonly createdAt: EpochMs
  /** Of the logins that have not ended. */
  readonly lastSeenAt: EpochMs | undefined
}

export interface Invitation {
  /** Names it, and opens nothing. */
  readonly id: string
  readonly role: Role
  /** For whom it is. */
  readonly note: string
  /** Undefined: a command made it. */
  readonly invitedBy: string | undefined
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs
}

const hourMs = 3_600_000
const mostInvitations = 50

export class People {
  readonly #options: PeopleOptions

  constructor(options: PeopleOptions) {
    this.#options = options
  }

  /** The first one first. */
  async list(): Promise<readonly Person[]> {
    const rows = await this.#options.database.query
      .selectFrom('administrator')
      .leftJoin('login_session', 'login_session.administrator_id', 'administrator.id')
      .select(['administrator.id', 'administrator.name', 'administrator.role'])
      .select(['administrator.totp_sealed', 'administrator.created_at'])
      .select(({ fn }) => fn.max('login_session.last_seen_at').as('seen'))
      .groupBy('administrator.id')
      .orderBy('administrator.created_at')
      .orderBy('administrator.name')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      role: roleOf(row),
      hasSecondFactor: row.totp_sealed !== null,
      createdAt: row.created_at,
      lastSeenAt: row.seen ?? undefined,
    }))
  }

  /**
   * Ends every login of that person, and the open invitations if the role is lowered. The role that the person has
   * already changes nothing. Throws `UnknownPersonError` and `LastAdministratorError`.
   */
  async changeRole(id: string, role: Role, by: Actor): Promise<void> {
    const { database, audit, logins } = this.#options
    await database.transaction(async (transaction) => {
      const { query } = transaction
      const before = await this.#locked(id, transaction)
      if (roleOf(before) === role) return
      await query.updateTable('administrator').set({ role }).where('id', '=', id).execute()
      await mustKeepAdministrator(transaction)
      if (!isEnough(role, roleOf(before)))
        await query.deleteFrom('invitation').where('invited_by', '=', id).execute()
      const ended = await logins.endOthers(id, undefined, transaction)
      const detail = `${before.name}: ${roleOf(before)} → ${role}, ${ended} logins ended`
      await audit.record({ act: 'person-role-changed', by, detail }, transaction)
    })
  }

  /** With every login and open invitation of that person. Throws `UnknownPersonError` and `LastAdministratorError`. */
  async remove(id: string, by: Actor): Promise<void> {
    const { database, audit, logins } = this.#options
    await database.transaction(async (transaction) => {
      const { name } = await this.#locked(id, transaction)
      const ended = await logins.endOthers(id, undefined, transaction)
      await transaction.query.deleteFrom('administrator').where('id', '=', id).execute()
      await mustKeepAdministrator(transaction)
      const detail = `${name}, ${ended} logins ended`
      await audit.record({ act: 'person-removed', by, detail }, transaction)
    })
  }

  /** `token` cannot be read again. A repeated call makes another one. Throws `TooManyInvitationsError`. */
  async invite(
    wish: { readonly role: Role; readonly note: string; readonly hours: number },
    by: Actor,
    invitedBy?: string,
  ): Promise<Invitation & { readonly token: string }> {
    const { database, audit, clock } = this.#options
    const token = randomBytes(32).toString('base64url')
    const now = clock.now()
    const row = {
      id: randomUUID(),
      token_hash: hashToken(token),
      role: wish.role,
      note: wish.note.trim(),
      invited_by: invitedBy ?? null,
      created_at: now,
      expires_at: now + wish.hours * hourMs,
    }
    await database.transaction(async (transaction) => {
      await this.#purge(transaction)
      const { query } = transaction
      const { held } = await query
        .selectFrom('invitation')
        .select(({ fn }) => fn.countAll().as('held'))
        .executeTakeFirstOrThrow()
      if (Number(held) >= mostInvitations) throw new TooManyInvitationsError(mostInvitations)
      await query.insertInto('invitation').values(row).execute()
      await audit.record({ act: 'invitation-made', by, detail: wish.role }, transaction)
    })
    return { ...invitationFrom(row, by.name), token }
  }

  /** Those that still count, the newest first. */
  async invitations(): Promise<readonly Invitation[]> {
    const rows = await this.#options.database.query
      .selectFrom('invitation')
      .leftJoin('administrator', 'administrator.id', 'invitation.invited_by')
      .select(['invitation.id', 'invitation.role', 'note', 'expires_at'])
      .select(['invitation.created_at', 'administrator.name as inviter'])
      .where('expires_at', '>', this.#options.clock.now())
      .orderBy('invitation.created_at', 'desc')
      .orderBy('invitation.id')
      .execute()
    return rows.map(({ inviter, ...row }) => invitationFrom(row, inviter ?? undefined))
  }

  /** Throws `UnknownInvitationError`, also when it is repeated. */
  async withdraw(id: string, by: Actor): Promise<void> {
    const { database, audit } = this.#options
    await database.transaction(async (transaction) => {
      const row = await transaction.query
        .deleteFrom('invitation')
        .where('id', '=', id)
        .returning('role')
        .executeTakeFirst()
      if (row === undefined) throw new UnknownInvitationError()
      await audit.record({ act: 'invitation-withdrawn', by, detail: row.role }, transaction)
    })
  }

  /** What the link gives. Throws `InvitationGoneError`. */
  async look(token: string): Promise<Pick<Invitation, 'role' | 'expiresAt'>> {
    const row = await this.#options.database.query
      .selectFrom('invitation')
      .select(['role', 'expires_at'])
      .where('token_hash', '=', hashToken(token))
      .where('expires_at', '>', this.#options.clock.now())
      .executeTakeFirst()
    if (row === undefined) throw new InvitationGoneError()
    return { role: row.role, expiresAt: row.expires_at }
  }

  /**
   * Makes the person; the link does not count any more. `name` and `password` as the caller checked them.
   * Throws `InvitationGoneError`, `NameTakenError` (the link still counts) and `PasswordsBusyError`.
   */
  async accept(
    token: string,
    { name, password }: { readonly name: string; readonly password: string },
    address: string,
  ): Promise<Administrator> {
    const { database, audit, clock, administrators } = this.#options
    // A stranger's guess costs no hash.
    await this.look(token)
    const password_hash = await administrators.hashOf(password)
    const own = { id: randomUUID(), name: nameOf(name) }
    return database.transaction(async (transaction) => {
      const { query } = transaction
      const used = await query
        .deleteFrom('invitation')
        .where('token_hash', '=', hashToken(token))
        .where('expires_at', '>', clock.now())
        .returning('role')
        .executeTakeFirst()
      if (used === undefined) throw new InvitationGoneError()
      if ((await findByName(query, own.name)) !== undefined) throw new NameTakenError()
      const person = { ...own, role: used.role }
      await add(query, { ...person, password_hash, created_at: clock.now() })
      const by = personActor(person, address)
      await audit.record({ act: 'person-joined', by, detail: used.role }, transaction)
      return { ...person, hasSecondFactor: false }
    })
  }

  /** Forgets invitations that have expired; gives how many there were. Call it from time to time. */
  purge(): Promise<number> {
    return this.#purge(this.#options.database)
  }

  async #purge({ query }: Pick<Database, 'query'> | Transaction): Promise<number> {
    const { numDeletedRows } = await query
      .deleteFrom('invitation')
      .where('expires_at', '<=', this.#options.clock.now())
      .executeTakeFirst()
    return Number(numDeletedRows)
  }

  async #locked(id: string, transaction: Transaction): Promise<AdministratorRow> {
    // An update that changes nothing locks the rows: two changes at once come one after the other.
    await transaction.query
      .updateTable('administrator')
      .set((stored) => ({ name: stored.ref('name') }))
      .execute()
    const row = await findById(transaction.query, id)
    if (row === undefined) throw new UnknownPersonError()
    return row
  }
}

async function mustKeepAdministrator({ query }: Transaction): Promise<void> {
  const one = await query
    .selectFrom('administrator')
    .select('id')
    .where(sql`coalesce(role, 'administrator')`, '=', 'administrator')
    .limit(1)
    .executeTakeFirst()
  if (one === undefined) throw new LastAdministratorError()
}

function invitationFrom(
  row: {
    readonly id: string
    readonly role: Role
    readonly note: string
    readonly created_at: EpochMs
    readonly expires_at: EpochMs
  },
  invitedBy: string | undefined,
): Invitation {
  const { id, role, note } = row
  return { id, role, note, invitedBy, createdAt: row.created_at, expiresAt: row.expires_at }
}
