import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What was said, for what refers to it later. */
export function keptMessagesMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('kept_message')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('whatsapp_id', 'text', (c) => c.notNull())
        .addColumn('chat_key', 'text', (c) => c.notNull())
        .addColumn('message_sealed', bytes, (c) => c.notNull())
        .addColumn('keep_until', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('kept_message_key', ['instance_id', 'whatsapp_id', 'chat_key'])
        .execute()
      await db.schema
        .createIndex('kept_message_by_end')
        .on('kept_message')
        .column('keep_until')
        .execute()
    },
  }
}
