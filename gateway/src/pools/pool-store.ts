/** The tables `pool_member` and `pool_person`: who sends for a pool, and who writes to whom. */

import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import type { PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import { oneFormOf } from '../domain/phone-forms.js'
import type { PoolMember } from '../domain/pool.js'
import type { EpochMs } from '../domain/time.js'

export type Query = Database['query'] | Transaction['query']

/** As long as a contact is remembered. */
const keepMs = 365 * 24 * 3_600_000

export class PoolStore {
  readonly #secret: Uint8Array

  constructor(vault: Vault) {
    this.#secret = vault.deriveSecret('pools/person')
  }

  /** Locks the pool until commit: its members and whom they write to change one after the other. */
  async hold({ dialect, query }: Transaction, poolId: InstanceId): Promise<void> {
    // SQLite's transactions run one after the other anyway.
    if (dialect === 'sqlite') return
    await query.selectFrom('instance').select('id').where('id', '=', poolId).forUpdate().execute()
  }

  /** The one that was added first comes first. An instance that is out of use is none until it is subscribed again. */
  async members(query: Query, poolId: InstanceId): Promise<readonly PoolMember[]> {
    const rows = await query
      .selectFrom('pool_member')
      .innerJoin('instance', 'instance.id', 'pool_member.instance_id')
      .select(['instance_id', 'weight'])
      .where('pool_id', '=', poolId)
      .where('cancelled_at', 'is', null)
      .orderBy('added_at')
      .orderBy('instance_id')
      .execute()
    return rows.map(({ instance_id: instanceId, weight }) => ({ instanceId, weight }))
  }

  async putMember(
    { query, changes }: Transaction,
    poolId: InstanceId,
    { instanceId, weight }: PoolMember,
    addedAt: EpochMs,
  ): Promise<void> {
    changes('pool_member', instanceId)
    await query
      .insertInto('pool_member')
      .values({ pool_id: poolId, instance_id: instanceId, weight, added_at: addedAt })
      .onConflict((conflict) =>
        conflict.columns(['pool_id', 'instance_id']).doUpdateSet({ weight }),
      )
      .execute()
  }

  /** Whether it was one. The people whom it wrote to are given another member. */
  async removeMember(
    { query, changes }: Transaction,
    poolId: InstanceId,
    instanceId: InstanceId,
  ): Promise<boolean> {
    changes('pool_member', instanceId)
    await query
      .deleteFrom('pool_person')
      .where('pool_id', '=', poolId)
      .where('instance_id', '=', instanceId)
      .execute()
    const { numDeletedRows } = await query
      .deleteFrom('pool_member')
      .where('pool_id', '=', poolId)
      .where('instance_id', '=', instanceId)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n
  }

  /** The member that this person was given last. */
  async memberOf(
    query: Query,
    poolId: InstanceId,
    person: PersonId,
  ): Promise<InstanceId | undefined> {
    const row = await query
      .selectFrom('pool_person')
      .select('instance_id')
      .where('pool_id', '=', poolId)
      .where('person_hash', 'in', this.#names(poolId, person))
      .orderBy('last_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.instance_id
  }

  /** From now on this member writes to the person. */
  async give(
    query: Query,
    poolId: InstanceId,
    person: PersonId,
    instanceId: InstanceId,
    now: EpochMs,
  ): Promise<void> {
    for (const name of this.#names(poolId, person))
      await query
        .insertInto('pool_person')
        .values({ pool_id: poolId, person_hash: name, instance_id: instanceId, last_at: now })
        .onConflict((conflict) =>
          conflict
            .columns(['pool_id', 'person_hash'])
            .doUpdateSet({ instance_id: instanceId, last_at: now }),
        )
        .execute()
  }

  /** Forgets people of whom nothing was heard for a year; gives how many names they had. */
  async purge(query: Query, now: EpochMs): Promise<number> {
    return eraseRows(query, 'pool_person', sql`last_at <= ${now - keepMs}`)
  }

  #names(poolId: InstanceId, { phone, lid }: PersonId): readonly string[] {
    return [
      ...(phone === undefined ? [] : [`phone:${oneFormOf(phone)}`]),
      ...(lid === undefined ? [] : [`lid:${lid}`]),
    ].map((name) =>
      createHmac('sha256', this.#secret).update(`${poolId}/${name}`).digest('base64url'),
    )
  }
}
