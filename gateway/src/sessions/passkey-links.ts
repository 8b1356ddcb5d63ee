/**
 * The table `passkey_link`: who has a one-time link may answer WhatsApp's passkey step for one instance, and nothing else.
 *
 * They are for the person with the passkey, who may have neither a token nor an account here. The linking that a link
 * belongs to lives in the process that runs the instance; the link is found by every node.
 */

import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

export interface PasskeyLink {
  readonly instanceId: InstanceId
  /** Of the linking that it was made for. */
  readonly challenge: string
  readonly expiresAt: EpochMs
}

const tokenBytes = 16
const lifetimeMs = 600_000
/** Of one instance; the oldest gives way. */
const mostAtOnce = 20

export interface PasskeyLinksOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
}

export class PasskeyLinks {
  readonly #options: PasskeyLinksOptions

  constructor(options: PasskeyLinksOptions) {
    this.#options = options
  }

  /** The token of a new link. It cannot be read again. */
  async create(
    instanceId: InstanceId,
    challenge: string,
  ): Promise<{ readonly token: string; readonly expiresAt: EpochMs }> {
    const { database, clock } = this.#options
    const token = randomBytes(tokenBytes).toString('base64url')
    const now = clock.now()
    const expiresAt = now + lifetimeMs
    await database.transaction(async ({ query }) => {
      await query.deleteFrom('passkey_link').where('expires_at', '<=', now).execute()
      const own = await query
        .selectFrom('passkey_link')
        .select('token_hash')
        .where('instance_id', '=', instanceId)
        .orderBy('created_at', 'desc')
        .offset(mostAtOnce - 1)
        .limit(mostAtOnce)
        .execute()
      const oldest = own.map(({ token_hash }) => token_hash)
      if (oldest.length > 0)
        await query.deleteFrom('passkey_link').where('token_hash', 'in', oldest).execute()
      const row = { token_hash: hashOf(token), instance_id: instanceId, challenge }
      const times = { created_at: now, expires_at: expiresAt }
      await query
        .insertInto('passkey_link')
        .values({ ...row, ...times })
        .execute()
    })
    return { token, expiresAt }
  }

  /** Undefined when there is no such link, or no longer. */
  async find(token: string): Promise<PasskeyLink | undefined> {
    const { database, clock } = this.#options
    const row = await database.query
      .selectFrom('passkey_link')
      .select(['instance_id', 'challenge', 'expires_at'])
      .where('token_hash', '=', hashOf(token))
      .where('expires_at', '>', clock.now())
      .executeTakeFirst()
    return (
      row && { instanceId: row.instance_id, challenge: row.challenge, expiresAt: row.expires_at }
    )
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
