import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** Where the files of incoming messages lie with WhatsApp, and what decrypts them; and the secrets of polls and events. */
export function incomingMediaMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('incoming_media')
        .addColumn('id_hash', 'text', (c) => c.primaryKey())
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('reference_sealed', bytes, (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createIndex('incoming_media_by_instance')
        .on('incoming_media')
        .column('instance_id')
        .execute()
      await db.schema
        .createIndex('incoming_media_by_age')
        .on('incoming_media')
        .column('created_at')
        .execute()

      await db.schema
        .createTable('answer_secret')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('whatsapp_id', 'text', (c) => c.notNull())
        .addColumn('secret_sealed', bytes, (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('answer_secret_key', ['instance_id', 'whatsapp_id'])
        .execute()
      await db.schema
        .createIndex('answer_secret_by_age')
        .on('answer_secret')
        .column('created_at')
        .execute()
    },
  }
}
