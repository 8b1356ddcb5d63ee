/** The SQL of instances. */

import type { Database, Transaction } from '../db/database.js'
import { prepared } from '../db/prepared.js'
import { RowCache } from '../db/row-cache.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import { instanceOf, type InstanceRow, type KnownInstance } from './instance-row.js'

const findInstance = prepared((query, { id }: { readonly id: InstanceId }) =>
  query.selectFrom('instance').selectAll().where('id', '=', id),
)

export class InstanceStore {
  readonly #database: Database
  readonly #known: RowCache<KnownInstance | undefined>

  constructor(database: Database) {
    this.#database = database
    this.#known = new RowCache(database.signals, 'instance')
  }

  /** The row that has this id, or this token now or within its overlap. */
  async taken(
    { query }: Transaction,
    id: InstanceId,
    tokenHash: string,
  ): Promise<'id' | 'token' | undefined> {
    const row = await query
      .selectFrom('instance')
      .select('id')
      .where((each) =>
        each.or([
          each('id', '=', id),
          each('token_hash', '=', tokenHash),
          each('previous_token_hash', '=', tokenHash),
        ]),
      )
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) return undefined
    return row.id === id ? 'id' : 'token'
  }

  async add(
    { query, changes }: Transaction,
    instance: Instance,
    tokenHash: string,
    tokenSealed: Uint8Array,
  ): Promise<void> {
    changes('instance', instance.id)
    await query
      .insertInto('instance')
      .values({
        id: instance.id,
        name: instance.name,
        token_hash: tokenHash,
        token_sealed: tokenSealed,
        settings: JSON.stringify(instance.settings),
        created_at: instance.createdAt,
        is_pool: instance.isPool ? 1 : null,
      })
      .execute()
  }

  /** Every call and every message asks, so it is cached until the row changes. */
  find(
    id: InstanceId,
    { query }: Pick<Transaction, 'query'> | Pick<Database, 'query'> = this.#database,
  ): Promise<KnownInstance | undefined> {
    return this.#known.get(id, id, async () => {
      const { rows } = await findInstance(query, { id })
      return rows[0] && { row: rows[0], instance: instanceOf(rows[0]) }
    })
  }

  /** The oldest first. */
  all(): Promise<readonly InstanceRow[]> {
    return this.#database.query
      .selectFrom('instance')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute()
  }

  /**
   * Writes what `change` makes of the stored settings. Two changes at once
   * come one after the other, because reading takes the row's lock.
   */
  async changeSettings(id: InstanceId, change: (stored: string) => string): Promise<void> {
    await this.#database.transaction(async ({ query, changes }) => {
      changes('instance', id)
      const row = await query
        .updateTable('instance')
        .set((stored) => ({ settings: stored.ref('settings') }))
        .where('id', '=', id)
        .returning('settings')
        .executeTakeFirst()
      if (row === undefined) return
      const settings = change(row.settings)
      await query.updateTable('instance').set({ settings }).where('id', '=', id).execute()
    })
  }

  async rename(id: InstanceId, name: string): Promise<void> {
    await this.#database.transaction(async ({ query, changes }) => {
      changes('instance', id)
      await query.updateTable('instance').set({ name }).where('id', '=', id).execute()
    })
  }
}
