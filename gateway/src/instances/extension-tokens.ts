/**
 * Tokens that let a browser pair one instance and nothing else, for some
 * minutes: for the person who has the phone in hand and may not have the instance's
 * own token. An instance has one at a time; the newest counts.
 */

import { createHmac } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { type Instance, type InstanceId, isInstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { newExtensionToken } from '../runtime/ids.js'
import { hashToken, tokensMatch } from '../runtime/token-hash.js'

export interface ExtensionTokensOptions {
  readonly database: Database
  readonly vault: Pick<Vault, 'deriveSecret'>
  readonly clock: Pick<Clock, 'now'>
  readonly instances: { find(id: string): Promise<Instance | undefined> }
}

/** Z-API's. Too short to guess one of 2^40 over HTTP. */
const lifetimeMs = 5 * 60_000

export class ExtensionTokens {
  readonly #options: ExtensionTokensOptions
  readonly #key: Uint8Array

  constructor(options: ExtensionTokensOptions) {
    this.#options = options
    this.#key = options.vault.deriveSecret('extension tokens')
  }

  /** Ends the one before. It cannot be read again. */
  async create(
    instanceId: InstanceId,
  ): Promise<{ readonly token: string; readonly expiresAt: EpochMs }> {
    const { database, clock } = this.#options
    const token = newExtensionToken()
    const expiresAt = clock.now() + lifetimeMs
    const held = { token_hash: hashToken(this.#keyed(token)), expires_at: expiresAt }
    await database.query
      .insertInto('extension_token')
      .values({ instance_id: instanceId, ...held })
      .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(held))
      .execute()
    return { token, expiresAt }
  }

  /** The instance, if the token is its own and has not expired. In constant time. */
  async authenticate(id: string, token: string): Promise<Instance | undefined> {
    const { database, clock, instances } = this.#options
    const row = isInstanceId(id)
      ? await database.query
          .selectFrom('extension_token')
          .select('token_hash')
          .where('instance_id', '=', id)
          .where('expires_at', '>', clock.now())
          .executeTakeFirst()
      : undefined
    return tokensMatch(this.#keyed(token), row?.token_hash ?? '') ? instances.find(id) : undefined
  }

  /** So few bits would be found by trying, were they hashed without a key. */
  #keyed(token: string): string {
    return createHmac('sha256', this.#key).update(token).digest('hex')
  }

  /** Removes those that have expired. Call it from time to time; gives how many there were. */
  async purge(): Promise<number> {
    const { database, clock } = this.#options
    const { numDeletedRows } = await database.query
      .deleteFrom('extension_token')
      .where('expires_at', '<=', clock.now())
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  }
}
