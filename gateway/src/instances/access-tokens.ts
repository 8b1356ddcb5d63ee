/**
 * The two tokens of the whole gateway: the one every call carries, and the
 * one of partners, who make instances.
 *
 * A configured token counts alone. One that is not configured is made at the
 * first start, shown once by the caller, and kept as a hash. It can be replaced:
 * the old one then counts for a while, so that callers can follow one by one.
 */

import type { Database } from '../db/database.js'
import type { Actor } from '../domain/audit.js'
import { ConfiguredTokenError } from '../domain/errors.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { newClientToken, newPartnerToken } from '../runtime/ids.js'
import { hashToken } from '../runtime/token-hash.js'
import { AuditLog } from './audit-log.js'
import { matchesHeld, type HeldToken, overlapEnd } from './held-token.js'

export type AccessTokenKind = 'client' | 'partner'

export interface AccessTokensOptions {
  readonly database: Database
  readonly clock: Clock
  /** As configured. */
  readonly client?: string | undefined
  /** As configured. */
  readonly partner?: string | undefined
}

/** The tokens that did not exist before; they cannot be read again. */
export type NewAccessTokens = Partial<Record<AccessTokenKind, string>>

/** A token that replaces another. It cannot be read again. */
export interface RotatedToken {
  readonly token: string
  /** Until when the one before still counts; undefined if it does not any more. */
  readonly previousUntil: EpochMs | undefined
}

const makers: Readonly<Record<AccessTokenKind, () => string>> = {
  client: () => newClientToken(),
  partner: () => newPartnerToken(),
}

export class AccessTokens {
  readonly #options: AccessTokensOptions
  readonly #audit: AuditLog
  readonly #held = new Map<AccessTokenKind, HeldToken>()

  constructor(options: AccessTokensOptions) {
    this.#options = options
    this.#audit = new AuditLog(options)
  }

  /** Call it before the first `accepts`, and again when another node may have made other tokens. */
  async open(): Promise<NewAccessTokens> {
    const made: NewAccessTokens = {}
    for (const kind of ['client', 'partner'] as const) {
      const configured = this.#options[kind]
      if (configured !== undefined) {
        this.#held.set(kind, { hash: hashToken(configured) })
        continue
      }
      const token = makers[kind]()
      const held = await this.#keepFirst(kind, hashToken(token))
      if (held.hash === hashToken(token)) made[kind] = token
      this.#held.set(kind, held)
    }
    return made
  }

  /** In constant time. Nothing is accepted before `open`. */
  accepts(kind: AccessTokenKind, token: string): boolean {
    return matchesHeld(token, this.#held.get(kind), this.#options.clock.now())
  }

  /**
   * Makes a new token; the one before counts for `overlapMs` more. What was
   * before that counts no more. Throws `ConfiguredTokenError`; a repeated call
   * makes yet another token.
   */
  async rotate(kind: AccessTokenKind, overlapMs: number, by: Actor): Promise<RotatedToken> {
    if (this.#options[kind] !== undefined) throw new ConfiguredTokenError(kind)
    const token = makers[kind]()
    const now = this.#options.clock.now()
    const previousUntil = overlapEnd(now, overlapMs)
    const held = await this.#options.database.transaction(async (transaction) => {
      // An update that changes nothing takes the row's lock: two rotations at once come one after the other.
      const { hash } = await transaction.query
        .updateTable('access_token')
        .set((stored) => ({ hash: stored.ref('hash') }))
        .where('kind', '=', kind)
        .returning('hash')
        .executeTakeFirstOrThrow()
      await transaction.query
        .updateTable('access_token')
        .set({
          hash: hashToken(token),
          created_at: now,
          previous_hash: previousUntil === undefined ? null : hash,
          previous_until: previousUntil ?? null,
        })
        .where('kind', '=', kind)
        .execute()
      await this.#audit.record({ act: `${kind}-token-rotated`, by }, transaction)
      return { hash: hashToken(token), previousHash: hash, previousUntil }
    })
    this.#held.set(kind, held)
    return { token, previousUntil }
  }

  /** Stores the hash where there is none, and gives what is stored then. */
  async #keepFirst(kind: AccessTokenKind, hash: string): Promise<HeldToken> {
    return this.#options.database.transaction(async ({ query }) => {
      await query
        .insertInto('access_token')
        .values({ kind, hash, created_at: this.#options.clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const row = await query
        .selectFrom('access_token')
        .selectAll()
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow()
      return {
        hash: row.hash,
        previousHash: row.previous_hash ?? undefined,
        previousUntil: row.previous_until ?? undefined,
      }
    })
  }
}
