import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/**
 * What counts against the limits of a number and of a pool. `counted_at` is when it was claimed, null for
 * what does not count; `is_first` is 1 where the number had no conversation with the person.
 */
export function sendingLimitsMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('message').addColumn('counted_at', moment).execute()
      await db.schema.alterTable('message').addColumn('is_first', 'integer').execute()
      for (const owner of ['instance', 'pool'])
        await db.schema
          .createIndex(`message_counted_of_${owner}`)
          .on('message')
          .columns([`${owner}_id`, 'counted_at', 'is_first', 'chat_key'])
          .where(sql.ref('counted_at'), 'is not', null)
          .$call((index) =>
            owner === 'pool' ? index.where(sql.ref('pool_id'), 'is not', null) : index,
          )
          .execute()
      await db.schema
        .createTable('linked_number')
        .addColumn('instance_id', 'text', (c) =>
          c.primaryKey().references('instance.id').onDelete('cascade'),
        )
        .addColumn('phone_hash', 'text', (c) => c.notNull())
        .addColumn('since', moment, (c) => c.notNull())
        .execute()
    },
  }
}
