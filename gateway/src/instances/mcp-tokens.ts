/**
 * Tokens that let an AI agent use one instance by MCP. An instance has several, each with a name and
 * a scope, and each can be revoked by itself. Kept as hashes: a token is shown once.
 */

import type { Selectable } from 'kysely'
import type { Database } from '../db/database.js'
import type { McpTokenTable } from '../db/access-tables.js'
import type { ApiScope } from '../domain/api-scope.js'
import type { Actor } from '../domain/audit.js'
import { GatewayError } from '../domain/errors.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { newMcpToken, newTokenId } from '../runtime/ids.js'
import { hashToken } from '../runtime/token-hash.js'
import { AuditLog } from './audit-log.js'

/** `read`: see what is there. `send`: that, and send, answer and cancel messages. */
export type McpScope = Exclude<ApiScope, 'manage'>

export const mcpScopes: readonly McpScope[] = ['read', 'send']

export interface McpToken {
  /** What the token is called where it must not be shown. */
  readonly id: string
  readonly name: string
  readonly scope: McpScope
  readonly createdAt: EpochMs
  /** When a client used it last, at most a minute late. */
  readonly lastUsedAt: EpochMs | null
}

/** Who an MCP client is. */
export interface Agent {
  readonly instance: Instance
  readonly token: McpToken
}

/** Nothing was made. */
class TooManyMcpTokensError extends GatewayError {
  override readonly name = 'TooManyMcpTokensError'
  readonly code = 'too-many-mcp-tokens'
  override readonly statusCode = 409

  constructor() {
    super(`An instance has at most ${mostTokens} tokens for MCP. Revoke one that is not used.`)
  }
}

/** The instance has no such token: it was revoked before. */
class UnknownMcpTokenError extends GatewayError {
  override readonly name = 'UnknownMcpTokenError'
  readonly code = 'unknown-mcp-token'
  override readonly statusCode = 404

  constructor() {
    super('This instance has no such token for MCP.')
  }
}

const mostTokens = 50
/** An agent makes many calls a minute: one of them is written down. */
const noteUseMs = 60_000

export interface McpTokensOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly instances: { find(id: string): Promise<Instance | undefined> }
}

export class McpTokens {
  readonly #options: McpTokensOptions
  readonly #audit: AuditLog

  constructor(options: McpTokensOptions) {
    this.#options = options
    this.#audit = new AuditLog(options)
  }

  /** `token` cannot be read again. A repeated call makes another one. Throws `TooManyMcpTokensError`. */
  async create(
    instanceId: InstanceId,
    wish: Pick<McpToken, 'name' | 'scope'>,
    by: Actor,
  ): Promise<McpToken & { readonly token: string }> {
    const token = newMcpToken()
    const createdAt = this.#options.clock.now()
    const made = { id: newTokenId(), ...wish, createdAt, lastUsedAt: null }
    await this.#options.database.transaction(async (transaction) => {
      // An update that changes nothing locks the row: two at once are counted one after the other.
      transaction.changes('instance', instanceId)
      await transaction.query
        .updateTable('instance')
        .set((stored) => ({ name: stored.ref('name') }))
        .where('id', '=', instanceId)
        .execute()
      const { held } = await transaction.query
        .selectFrom('mcp_token')
        .select((each) => each.fn.countAll().as('held'))
        .where('instance_id', '=', instanceId)
        .executeTakeFirstOrThrow()
      if (Number(held) >= mostTokens) throw new TooManyMcpTokensError()
      await transaction.query
        .insertInto('mcp_token')
        .values({
          id: made.id,
          instance_id: instanceId,
          name: made.name,
          scope: made.scope,
          token_hash: hashToken(token),
          created_at: made.createdAt,
        })
        .execute()
      const detail = `${made.id} ${made.scope}`
      await this.#audit.record({ act: 'mcp-token-made', by, instanceId, detail }, transaction)
    })
    return { ...made, token }
  }

  /** The oldest first. */
  async list(instanceId: InstanceId): Promise<readonly McpToken[]> {
    const rows = await this.#options.database.query
      .selectFrom('mcp_token')
      .select(['id', 'name', 'scope', 'created_at', 'last_used_at'])
      .where('instance_id', '=', instanceId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(tokenFrom)
  }

  /** Its next call is refused. Throws `UnknownMcpTokenError`, also when it is repeated. */
  async revoke(instanceId: InstanceId, id: string, by: Actor): Promise<void> {
    await this.#options.database.transaction(async (transaction) => {
      const { numDeletedRows } = await transaction.query
        .deleteFrom('mcp_token')
        .where('instance_id', '=', instanceId)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      if (numDeletedRows === 0n) throw new UnknownMcpTokenError()
      await this.#audit.record(
        { act: 'mcp-token-revoked', by, instanceId, detail: id },
        transaction,
      )
    })
  }

  /**
   * Whose token it is, and notes that it was used. It is looked up by its hash, so that the time
   * tells nothing about it.
   */
  async authenticate(token: string): Promise<Agent | undefined> {
    const row = await this.#options.database.query
      .selectFrom('mcp_token')
      .select(['id', 'instance_id', 'name', 'scope', 'created_at', 'last_used_at'])
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst()
    const instance = row && (await this.#options.instances.find(row.instance_id))
    if (row === undefined || instance === undefined) return undefined
    const used = tokenFrom(row)
    const now = this.#options.clock.now()
    if (now - (used.lastUsedAt ?? -Infinity) < noteUseMs) return { instance, token: used }
    await this.#options.database.query
      .updateTable('mcp_token')
      .set({ last_used_at: now })
      .where('id', '=', used.id)
      .execute()
    return { instance, token: { ...used, lastUsedAt: now } }
  }
}

type McpTokenRow = Pick<
  Selectable<McpTokenTable>,
  'id' | 'name' | 'scope' | 'created_at' | 'last_used_at'
>

function tokenFrom({ id, name, scope, created_at, last_used_at }: McpTokenRow): McpToken {
  return { id, name, scope, createdAt: created_at, lastUsedAt: last_used_at }
}
