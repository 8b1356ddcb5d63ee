/**
 * The table `broadcast_list`: people whom a caller writes to at once.
 *
 * The lists are ours: WhatsApp gives linked devices no way to make or use those of the phone.
 */

import { randomInt } from 'node:crypto'
import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { BroadcastListTable } from '../db/directory-tables.js'
import type { Recipient } from '../domain/chat.js'
import type { Page } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'

export type Listed = Exclude<Recipient, { readonly kind: 'group' }>

export interface BroadcastList {
  /** Ten digits. */
  readonly id: string
  readonly name: string
  readonly people: readonly Listed[]
}

export interface BroadcastListsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
}

type Column = 'name_sealed' | 'people_sealed'
type Row = Pick<BroadcastListTable, 'list_id' | Column>

const mostLists = 1_000
const columns = ['list_id', 'name_sealed', 'people_sealed'] as const

export class BroadcastLists {
  readonly #options: BroadcastListsOptions

  constructor(options: BroadcastListsOptions) {
    this.#options = options
  }

  /** `undefined`: the instance has 1,000 lists already. A repeated call makes another list. */
  async create(
    instanceId: InstanceId,
    { name, people }: Omit<BroadcastList, 'id'>,
  ): Promise<BroadcastList | undefined> {
    const { database, clock } = this.#options
    return database.transaction(async ({ query }) => {
      const { count } = await query
        .selectFrom('broadcast_list')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('instance_id', '=', instanceId)
        .executeTakeFirstOrThrow()
      if (Number(count) >= mostLists) return undefined
      for (;;) {
        const id = String(randomInt(1_000_000_000, 10_000_000_000))
        const made = await query
          .insertInto('broadcast_list')
          .values({
            instance_id: instanceId,
            list_id: id,
            name_sealed: this.#seal(instanceId, id, 'name_sealed', name),
            people_sealed: this.#seal(instanceId, id, 'people_sealed', JSON.stringify(people)),
            created_at: clock.now(),
          })
          .onConflict((conflict) => conflict.columns(['instance_id', 'list_id']).doNothing())
          .executeTakeFirst()
        if (made.numInsertedOrUpdatedRows === 1n) return { id, name, people }
      }
    })
  }

  /** In the order in which they were made. */
  async list(instanceId: InstanceId, { offset, limit }: Page): Promise<readonly BroadcastList[]> {
    const rows = await this.#options.database.query
      .selectFrom('broadcast_list')
      .select(columns)
      .where('instance_id', '=', instanceId)
      .orderBy('created_at')
      .orderBy('list_id')
      .limit(limit)
      .offset(offset)
      .execute()
    return rows.map((row) => this.#listOf(instanceId, row))
  }

  async find(instanceId: InstanceId, id: string): Promise<BroadcastList | undefined> {
    const row = await this.#options.database.query
      .selectFrom('broadcast_list')
      .select(columns)
      .where('instance_id', '=', instanceId)
      .where('list_id', '=', id)
      .executeTakeFirst()
    return row && this.#listOf(instanceId, row)
  }

  /** The name stays if unset. `undefined`: there is no such list. Safe to repeat. */
  async change(
    instanceId: InstanceId,
    id: string,
    { name, people }: { readonly name?: string | undefined; readonly people: readonly Listed[] },
  ): Promise<BroadcastList | undefined> {
    const sealed = this.#seal(instanceId, id, 'people_sealed', JSON.stringify(people))
    const row = await this.#options.database.query
      .updateTable('broadcast_list')
      .set({
        people_sealed: sealed,
        ...(name !== undefined && {
          name_sealed: this.#seal(instanceId, id, 'name_sealed', name),
        }),
      })
      .where('instance_id', '=', instanceId)
      .where('list_id', '=', id)
      .returning(columns)
      .executeTakeFirst()
    return row && this.#listOf(instanceId, row)
  }

  /** Whether there was one. What was sent to it stays queued. */
  async delete(instanceId: InstanceId, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#options.database.query
      .deleteFrom('broadcast_list')
      .where('instance_id', '=', instanceId)
      .where('list_id', '=', id)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  #listOf(instanceId: InstanceId, row: Row): BroadcastList {
    const { list_id: id } = row
    // We wrote it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const people = JSON.parse(this.#open(instanceId, row, 'people_sealed')) as readonly Listed[]
    return { id, name: this.#open(instanceId, row, 'name_sealed'), people }
  }

  #seal(instanceId: InstanceId, id: string, column: Column, text: string): Uint8Array {
    return this.#options.vault.seal(Buffer.from(text), contextOf(instanceId, id, column))
  }

  #open(instanceId: InstanceId, row: Row, column: Column): string {
    const { vault } = this.#options
    const opened = vault.open(row[column], contextOf(instanceId, row.list_id, column))
    return Buffer.from(opened).toString()
  }
}

function contextOf(instanceId: InstanceId, id: string, column: Column): string {
  return JSON.stringify(['broadcast_list', instanceId, id, column])
}
