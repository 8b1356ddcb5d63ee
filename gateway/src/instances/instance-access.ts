/**
 * Who may use an instance: replaces its token and the secret that its callbacks
 * are signed with, and names the addresses that may call on it.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Act, Actor } from '../domain/audit.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { newInstanceToken } from '../runtime/ids.js'
import { hashToken } from '../runtime/token-hash.js'
import type { RotatedToken } from './access-tokens.js'
import { AuditLog } from './audit-log.js'
import { overlapEnd } from './held-token.js'
import { signingSecret, tokenContext } from './instance-secrets.js'

export interface InstanceAccessOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
}

export interface RotatedSecret {
  readonly secret: string
  /** Until when callbacks carry the signature by the one before too. */
  readonly previousUntil: EpochMs | undefined
}

/** Every method throws when there is no such instance. Nothing was changed then. */
export class InstanceAccess {
  readonly #database: Database
  readonly #vault: Vault
  readonly #clock: Clock
  readonly #audit: AuditLog

  constructor({ database, vault, clock }: InstanceAccessOptions) {
    this.#database = database
    this.#vault = vault
    this.#clock = clock
    this.#audit = new AuditLog({ database, clock })
  }

  /** The token before counts for `overlapMs` more; callbacks carry the new one at once. */
  async rotateToken(id: InstanceId, overlapMs: number, by: Actor): Promise<RotatedToken> {
    const token = newInstanceToken()
    const previousUntil = overlapEnd(this.#clock.now(), overlapMs)
    await this.#change(id, 'instance-token-rotated', by, async ({ query }) => {
      await query
        .updateTable('instance')
        .set((stored) => ({
          token_hash: hashToken(token),
          token_sealed: this.#vault.seal(Buffer.from(token), tokenContext(id)),
          previous_token_hash: previousUntil === undefined ? null : stored.ref('token_hash'),
          previous_token_until: previousUntil ?? null,
        }))
        .where('id', '=', id)
        .execute()
    })
    return { token, previousUntil }
  }

  /** Callbacks carry the signatures by both secrets for `overlapMs`. */
  async rotateSigningSecret(id: InstanceId, overlapMs: number, by: Actor): Promise<RotatedSecret> {
    const previousUntil = overlapEnd(this.#clock.now(), overlapMs)
    const generation = await this.#change(id, 'webhook-secret-rotated', by, async ({ query }) => {
      const row = await query
        .updateTable('instance')
        .set((stored) => ({
          secret_generation: stored('secret_generation', '+', 1),
          previous_secret_until: previousUntil ?? null,
        }))
        .where('id', '=', id)
        .returning('secret_generation')
        .executeTakeFirstOrThrow()
      return row.secret_generation
    })
    return { secret: signingSecret(this.#vault, id, generation), previousUntil }
  }

  /** An empty list allows every caller that the gateway allows. */
  async setAllowedCallers(id: InstanceId, networks: readonly string[], by: Actor): Promise<void> {
    const stored = networks.length === 0 ? null : JSON.stringify(networks)
    await this.#change(
      id,
      'instance-callers-changed',
      by,
      async ({ query }) => {
        await query
          .updateTable('instance')
          .set({ allowed_callers: stored })
          .where('id', '=', id)
          .execute()
      },
      networks.join(' '),
    )
  }

  async #change<T>(
    instanceId: InstanceId,
    act: Act,
    by: Actor,
    change: (transaction: Transaction) => Promise<T>,
    detail?: string,
  ): Promise<T> {
    return this.#database.transaction(async (transaction) => {
      transaction.changes('instance', instanceId)
      await transaction.query
        .selectFrom('instance')
        .select('id')
        .where('id', '=', instanceId)
        .executeTakeFirstOrThrow()
      const changed = await change(transaction)
      await this.#audit.record({ act, by, instanceId, detail }, transaction)
      return changed
    })
  }
}
