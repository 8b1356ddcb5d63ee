/** When kept messages end: at the time that they were given, or earlier where their number keeps them shorter since. */

import { sql } from 'kysely'
import type { Database } from '../db/database.js'
import { eraseRows } from '../db/erase-rows.js'
import type { Retention } from '../db/retention.js'
import type { InstanceId } from '../domain/instance.js'
import type { KeptMessage } from '../domain/kept-message.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'

export interface KeptMessageEndsOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly retention: Retention
}

/** So many rows are written in one statement: others want to write too. */
const rowsAtOnce = 1_000
/** A status is over after a day. */
const statusLifeMs = 24 * 60 * 60 * 1_000

/**
 * What its row holds of a message's end.
 *
 * @param keepMs of its instance
 */
export function endOf(
  { chat, original: { keepForMs } }: KeptMessage,
  keepMs: number,
  now: EpochMs,
): { readonly keep_from: EpochMs | null; readonly keep_until: EpochMs } {
  const longest = Math.max(keepMs, keepForMs ?? 0)
  const lifeMs = chat.kind === 'status' ? Math.min(statusLifeMs, longest) : longest
  return { keep_from: keepForMs === undefined ? now : null, keep_until: now + lifeMs }
}

export class KeptMessageEnds {
  readonly #options: KeptMessageEndsOptions
  /** What the rows of these instances follow since the last purge of this process. */
  #followed: ReadonlyMap<InstanceId, number> = new Map()

  constructor(options: KeptMessageEndsOptions) {
    this.#options = options
  }

  /** Erases what is past. Call it from time to time; gives how many there were. */
  async purge(): Promise<number> {
    await this.#shorten()
    const { database, clock } = this.#options
    return eraseRows(database.query, 'kept_message', sql`keep_until <= ${clock.now()}`)
  }

  /** A number that now keeps messages shorter does so with those it has. A longer time counts for new ones alone. */
  async #shorten(): Promise<void> {
    const { retention } = this.#options
    const times = await retention.own()
    for (const instanceId of new Set([...times.keys(), ...this.#followed.keys()])) {
      const keepMs = times.get(instanceId) ?? retention.ofGatewayMs
      if (this.#followed.get(instanceId) !== keepMs) await this.#shortenTo(instanceId, keepMs)
    }
    this.#followed = times
  }

  async #shortenTo(instanceId: InstanceId, keepMs: number): Promise<void> {
    const { query } = this.#options.database
    const shorter = sql<number>`keep_from + ${keepMs}`
    for (let after: string | undefined = ''; after !== undefined; ) {
      const last: { readonly whatsapp_id: string } | undefined = await query
        .selectFrom('kept_message')
        .select('whatsapp_id')
        .where('instance_id', '=', instanceId)
        .where('whatsapp_id', '>', after)
        .orderBy('whatsapp_id')
        .offset(rowsAtOnce - 1)
        .limit(1)
        .executeTakeFirst()
      let longer = query
        .updateTable('kept_message')
        .set({ keep_until: shorter })
        .where('instance_id', '=', instanceId)
        .where('whatsapp_id', '>', after)
        .where('keep_until', '>', shorter)
      if (last !== undefined) longer = longer.where('whatsapp_id', '<=', last.whatsapp_id)
      await longer.execute()
      after = last?.whatsapp_id
    }
  }
}
