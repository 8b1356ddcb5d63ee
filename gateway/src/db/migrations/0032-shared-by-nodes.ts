import { type Kysely, type Migration } from 'kysely'
import type { ColumnTypes } from '../dialect.js'

/** What all nodes of a database count and give out together. Expands only. */
export function sharedByNodesMigration({ moment, bytes }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('login_failure')
        .addColumn('key_hash', 'text', (c) => c.primaryKey())
        .addColumn('count', 'integer', (c) => c.notNull())
        .addColumn('last_at', moment, (c) => c.notNull())
        .execute()
      await db.schema
        .createIndex('login_failure_by_time')
        .on('login_failure')
        .column('last_at')
        .execute()
      await db.schema
        .createTable('setup_code')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('code_sealed', bytes, (c) => c.notNull())
        .execute()
      await db.schema
        .createTable('passkey_link')
        .addColumn('token_hash', 'text', (c) => c.primaryKey())
        .addColumn('instance_id', 'text', (c) =>
          c.notNull().references('instance.id').onDelete('cascade'),
        )
        .addColumn('challenge', 'text', (c) => c.notNull())
        .addColumn('created_at', moment, (c) => c.notNull())
        .addColumn('expires_at', moment, (c) => c.notNull())
        .execute()
    },
  }
}
