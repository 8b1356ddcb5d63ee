import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What a delivery is about, each attempt of it, and receivers that get nothing for a while. */
export function receiversMigration({ bytes, moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const name of ['message_id', 'whatsapp_id', 'chat'])
        await db.schema.alterTable('delivery').addColumn(name, 'text').execute()
      await db.schema.alterTable('delivery').addColumn('attempts_sealed', bytes).execute()
      await db.schema
        .createTable('paused_receiver')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        // A URL may be longer than what PostgreSQL takes in an index.
        .addColumn('url_hash', 'text', (c) => c.notNull())
        .addColumn('url', 'text', (c) => c.notNull())
        .addColumn('paused_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('paused_receiver_key', ['instance_id', 'url_hash'])
        .execute()
    },
  }
}
