/**
 * The two tokens of the whole gateway: the one every call carries, and the
 * one of partners, who make instances.
 *
 * A configured token counts alone. One that is not configured is made at the
 * first start, shown once by the caller, and kept as a hash.
 */

import type { Database } from '../db/database.js'
import type { Clock } from '../runtime/clock.js'
import { newClientToken, newPartnerToken } from '../runtime/ids.js'
import { hashToken, tokensMatch } from '../runtime/token-hash.js'

export type AccessTokenKind = 'client' | 'partner'

export interface AccessTokensOptions {
  readonly database: Database
  readonly clock: Clock
  /** As configured. */
  readonly client?: string | undefined
  /** As configured. */
  readonly partner?: string | undefined
}

/** The tokens that did not exist before; nobody can read them again. */
export type NewAccessTokens = Partial<Record<AccessTokenKind, string>>

const makers: Readonly<Record<AccessTokenKind, () => string>> = {
  client: () => newClientToken(),
  partner: () => newPartnerToken(),
}

export class AccessTokens {
  readonly #options: AccessTokensOptions
  readonly #hashes = new Map<AccessTokenKind, string>()

  constructor(options: AccessTokensOptions) {
    this.#options = options
  }

  /** Call once, before the first `accepts`. */
  async open(): Promise<NewAccessTokens> {
    const made: NewAccessTokens = {}
    for (const kind of ['client', 'partner'] as const) {
      const configured = this.#options[kind]
      if (configured !== undefined) {
        this.#hashes.set(kind, hashToken(configured))
        continue
      }
      const token = makers[kind]()
      const hash = await this.#keepFirst(kind, hashToken(token))
      if (hash === hashToken(token)) made[kind] = token
      this.#hashes.set(kind, hash)
    }
    return made
  }

  /** In constant time. Nothing is accepted before `open`. */
  accepts(kind: AccessTokenKind, token: string): boolean {
    return tokensMatch(token, this.#hashes.get(kind) ?? '')
  }

  /** Stores the hash where there is none, and gives the one that is stored then. */
  async #keepFirst(kind: AccessTokenKind, hash: string): Promise<string> {
    return this.#options.database.transaction(async ({ query }) => {
      await query
        .insertInto('access_token')
        .values({ kind, hash, created_at: this.#options.clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const row = await query
        .selectFrom('access_token')
        .select('hash')
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow()
      return row.hash
    })
  }
}
