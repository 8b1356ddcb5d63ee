import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** The codes that were made here and wait for their check. */
export function pendingCodesMigration({ moment }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('pending_code')
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('message_id', 'text', (c) => c.notNull())
        .addColumn('code_hash', 'text', (c) => c.notNull())
        .addColumn('tries', 'integer', (c) => c.notNull())
        .addColumn('expires_at', moment, (c) => c.notNull())
        .addColumn('next_start_at', moment, (c) => c.notNull())
        .addColumn('used_at', moment)
        .addColumn('keep_until', moment, (c) => c.notNull())
        .addPrimaryKeyConstraint('pending_code_key', ['instance_id', 'person_hash'])
        .execute()
      await db.schema
        .createIndex('pending_code_by_age')
        .on('pending_code')
        .column('keep_until')
        .execute()
    },
  }
}
