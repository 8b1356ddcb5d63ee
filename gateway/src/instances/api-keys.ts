/**
 * API keys. A key stands in the place of an instance's token, for some instances or for all, with
 * scopes, and can be revoked by itself. Kept as hashes: a key is shown once.
 */

import type { Selectable } from 'kysely'
import type { ApiKeyTable } from '../db/access-tables.js'
import type { Database } from '../db/database.js'
import { type ApiScope, apiScopes } from '../domain/api-scope.js'
import type { Actor } from '../domain/audit.js'
import { GatewayError } from '../domain/errors.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { newApiKey, newTokenId } from '../runtime/ids.js'
import { hashToken } from '../runtime/token-hash.js'
import { AuditLog } from './audit-log.js'

export interface ApiKey {
  /** What the key is called where it must not be shown. */
  readonly id: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
  /** Undefined: every instance, also those that are made later. */
  readonly instanceIds: readonly string[] | undefined
  readonly createdAt: EpochMs
  /** Undefined: it does not expire. */
  readonly expiresAt: EpochMs | undefined
  /** When it was read. */
  readonly isExpired: boolean
  /** To the minute. */
  readonly lastUsedAt: EpochMs | undefined
}

export type ApiKeyWish = Pick<ApiKey, 'name' | 'scopes' | 'instanceIds' | 'expiresAt'>

class TooManyApiKeysError extends GatewayError {
  override readonly name = 'TooManyApiKeysError'
  readonly code = 'too-many-api-keys'
  override readonly statusCode = 409

  constructor() {
    super(`A gateway has at most ${mostKeys} API keys. Revoke one that is not used.`)
  }
}

/** It was revoked before. */
class UnknownApiKeyError extends GatewayError {
  override readonly name = 'UnknownApiKeyError'
  readonly code = 'unknown-api-key'
  override readonly statusCode = 404

  constructor() {
    super('There is no such API key any more.')
  }
}

class BadApiKeyWishError extends GatewayError {
  override readonly name = 'BadApiKeyWishError'
  readonly code = 'bad-api-key-wish'
  override readonly statusCode = 400
}

const mostKeys = 500
const notedEveryMs = 60_000

export interface ApiKeysOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly instances: { find(id: string): Promise<object | undefined> }
}

export class ApiKeys {
  readonly #options: ApiKeysOptions
  readonly #audit: AuditLog

  constructor(options: ApiKeysOptions) {
    this.#options = options
    this.#audit = new AuditLog(options)
  }

  /**
   * `token` cannot be read again. A repeated call makes another one. Throws `BadApiKeyWishError` for
   * an instance that does not exist or an expiry that has passed, and `TooManyApiKeysError`.
   */
  async create(wish: ApiKeyWish, by: Actor): Promise<ApiKey & { readonly token: string }> {
    const { database, clock } = this.#options
    const now = clock.now()
    await this.#check(wish, now)
    const token = newApiKey()
    const made = {
      ...wish,
      id: newTokenId(),
      name: wish.name.trim(),
      scopes: apiScopes.filter((scope) => wish.scopes.includes(scope)),
      createdAt: now,
      isExpired: false,
      lastUsedAt: undefined,
    }
    await database.transaction(async (transaction) => {
      const { query } = transaction
      const { held } = await query
        .selectFrom('api_key')
        .select(({ fn }) => fn.countAll().as('held'))
        .executeTakeFirstOrThrow()
      if (Number(held) >= mostKeys) throw new TooManyApiKeysError()
      await query
        .insertInto('api_key')
        .values({
          id: made.id,
          name: made.name,
          token_hash: hashToken(token),
          scopes: JSON.stringify(made.scopes),
          instances: made.instanceIds === undefined ? null : JSON.stringify(made.instanceIds),
          created_at: now,
          expires_at: made.expiresAt ?? null,
        })
        .execute()
      const which = made.instanceIds === undefined ? 'all' : String(made.instanceIds.length)
      const detail = `${made.id} ${made.scopes.join('+')}, instances: ${which}`
      await this.#audit.record({ act: 'api-key-made', by, detail }, transaction)
    })
    return { ...made, token }
  }

  /** The newest first, also those that have expired. */
  async list(): Promise<readonly ApiKey[]> {
    const rows = await this.#options.database.query
      .selectFrom('api_key')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute()
    const now = this.#options.clock.now()
    return rows.map((row) => keyFrom(row, now))
  }

  /** Its next call is refused. Throws `UnknownApiKeyError`, also when it is repeated. */
  async revoke(id: string, by: Actor): Promise<void> {
    await this.#options.database.transaction(async (transaction) => {
      const row = await transaction.query
        .deleteFrom('api_key')
        .where('id', '=', id)
        .returning('name')
        .executeTakeFirst()
      if (row === undefined) throw new UnknownApiKeyError()
      const detail = `${id} ${row.name}`
      await this.#audit.record({ act: 'api-key-revoked', by, detail }, transaction)
    })
  }

  /**
   * The key of this token, also one that has expired. It is looked up by its hash, so that the time
   * tells nothing about it. Notes the use, at most once a minute.
   */
  async find(token: string): Promise<ApiKey | undefined> {
    const { database, clock } = this.#options
    const row = await database.query
      .selectFrom('api_key')
      .selectAll()
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst()
    if (row === undefined) return undefined
    const now = clock.now()
    const key = keyFrom(row, now)
    if (key.isExpired || now - (row.last_used_at ?? 0) < notedEveryMs) return key
    await database.query
      .updateTable('api_key')
      .set({ last_used_at: now })
      .where('id', '=', row.id)
      .execute()
    return { ...key, lastUsedAt: now }
  }

  async #check({ scopes, instanceIds, expiresAt }: ApiKeyWish, now: EpochMs): Promise<void> {
    if (scopes.length === 0)
      throw new BadApiKeyWishError(`scopes must name at least one of ${apiScopes.join(', ')}`)
    if (instanceIds?.length === 0)
      throw new BadApiKeyWishError('instanceIds must name an instance, or be left out for all')
    if (expiresAt !== undefined && expiresAt <= now)
      throw new BadApiKeyWishError('expiresAt must lie in the future')
    for (const id of instanceIds ?? [])
      if ((await this.#options.instances.find(id)) === undefined)
        throw new BadApiKeyWishError(`instanceIds: there is no instance ${id}`)
  }
}

function keyFrom(row: Selectable<ApiKeyTable>, now: EpochMs): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes),
    instanceIds: row.instances === null ? undefined : JSON.parse(row.instances),
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    isExpired: row.expires_at !== null && row.expires_at <= now,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
