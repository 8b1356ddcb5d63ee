import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What was answered to which `Idempotency-Key`. */
export function idempotencyMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('idempotency_key')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('key_hash', 'text', (c) => c.notNull())
        .addColumn('parameters_hash', 'text', (c) => c.notNull())
        .addColumn('message_id', 'text', (c) => c.notNull())
        .addColumn('whatsapp_id', 'text', (c) => c.notNull())
        .addColumn('accepted_at', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('idempotency_key_key', ['instance_id', 'key_hash'])
        .execute()
      await db.schema
        .createIndex('idempotency_key_by_age')
        .on('idempotency_key')
        .column('accepted_at')
        .execute()
    },
  }
}
