import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** The order of the messages of one second. */
export function messagePlacesMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('kept_message')
        .addColumn('place', moment, (c) => c.notNull().defaultTo(0))
        .execute()
      await db.schema.dropIndex('kept_message_by_chat').execute()
      await db.schema
        .createIndex('kept_message_by_chat')
        .on('kept_message')
        .columns(['instance_id', 'conversation', 'said_at', 'place', 'whatsapp_id'])
        .execute()
    },
  }
}
